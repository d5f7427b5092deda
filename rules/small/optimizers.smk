"""Optimizers on the line y = 2x + 30: their paths, how they fail, the page and the spreadsheet.

REQUIRED INPUTS: results/optimizers/keras_check.csv
OUTPUTS: results/optimizers/paths.csv, summary.csv, failures.csv, page.html, optimizers.xlsx
"""


rule descend_line:
    output:
        paths="results/optimizers/paths.csv",
        summary="results/optimizers/summary.csv",
        failures="results/optimizers/failures.csv",
    log:
        "results/logs/optimizers/descend_line.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("small/optimizers/descend_line.py"),
        methods=section("optimizers", "lecture", "papers"),
        epochs=config["optimizers"]["epochs"],
    message:
        "Descend the line's loss with every optimizer, and show how each can fail"
    script:
        "../../workflow/scripts/small/optimizers/descend_line.py"


rule show_optimizers:
    input:
        paths=rules.descend_line.output.paths,
        summary=rules.descend_line.output.summary,
        failures=rules.descend_line.output.failures,
        check="results/optimizers/keras_check.csv",
    output:
        page=page("results/optimizers/page.html", "2 Optimizers", "page", "optimizers", None),
        workbook=page(
            "results/optimizers/optimizers.xlsx",
            *("2 Optimizers", "spreadsheet with live formulas", "optimizer_workbook", None),
        ),
    log:
        "results/logs/optimizers/show_optimizers.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("small/optimizers/show_optimizers.py"),
        methods=section("optimizers", "lecture", "papers"),
        epochs=config["optimizers"]["spreadsheet_epochs"],
    message:
        "Show the optimizers as a page and as a spreadsheet"
    script:
        "../../workflow/scripts/small/optimizers/show_optimizers.py"
