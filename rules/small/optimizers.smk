"""Optimizers on the line y = 2x + 30: paths, failures, the check against Keras, the spreadsheet."""


rule descend_line:
    """Every method in the lecture's form and in its paper's, and the ways in which they fail."""
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
        lecture=lookup(within=config, dpath="optimizers/lecture"),
        papers=lookup(within=config, dpath="optimizers/papers"),
        epochs=lookup(within=config, dpath="optimizers/epochs"),
    message:
        "Walk down the line's loss with every optimizer"
    script:
        "../../workflow/scripts/small/optimizers/descend_line.py"


rule check_optimizers:
    """The papers' forms, step by step, against Keras' own optimizers; fails where they differ."""
    output:
        check="results/optimizers/keras_check.csv",
    log:
        "results/logs/optimizers/check_optimizers.log",
    benchmark:
        "results/benchmarks/optimizers/check_optimizers.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    resources:
        mem_mb=memory(1500),
        runtime=30,
    params:
        code=code("small/optimizers/check_optimizers.py"),
        papers=lookup(within=config, dpath="optimizers/papers"),
    message:
        "Compare the optimizers with Keras, step by step"
    script:
        "../../workflow/scripts/small/optimizers/check_optimizers.py"


rule write_optimizer_workbook:
    """The spreadsheet of all methods, with live formulas."""
    output:
        workbook=report(
            "results/optimizers/optimizers.xlsx",
            caption="../../workflow/report/optimizer_workbook.rst",
            category="2 Optimizers",
            labels={"what": "spreadsheet with live formulas"},
        ),
    log:
        "results/logs/optimizers/write_optimizer_workbook.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("small/optimizers/write_optimizer_workbook.py"),
        lecture=lookup(within=config, dpath="optimizers/lecture"),
        papers=lookup(within=config, dpath="optimizers/papers"),
        epochs=lookup(within=config, dpath="optimizers/spreadsheet_epochs"),
    message:
        "Write the optimizers as a spreadsheet"
    script:
        "../../workflow/scripts/small/optimizers/write_optimizer_workbook.py"


rule show_optimizers:
    """The page: paths over the loss surface, loss against epoch, failures, checks."""
    input:
        paths="results/optimizers/paths.csv",
        summary="results/optimizers/summary.csv",
        failures="results/optimizers/failures.csv",
        check="results/optimizers/keras_check.csv",
    output:
        page=report(
            "results/optimizers/page.html",
            caption="../../workflow/report/optimizers.rst",
            category="2 Optimizers",
            labels={"what": "page"},
        ),
    log:
        "results/logs/optimizers/show_optimizers.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("small/optimizers/show_optimizers.py"),
    message:
        "Draw the page of the optimizers"
    script:
        "../../workflow/scripts/small/optimizers/show_optimizers.py"
