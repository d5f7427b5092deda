"""A convolution by hand: every number as a page and as a spreadsheet.

REQUIRED INPUTS: results/convolution/keras_check.csv, networks.json
OUTPUTS: results/convolution/page.html, convolution.xlsx
"""


rule show_convolution:
    input:
        check="results/convolution/keras_check.csv",
        networks="results/convolution/networks.json",
    output:
        page=page("results/convolution/page.html", "3 Convolution", "page", "convolution", None),
        workbook=page(
            "results/convolution/convolution.xlsx",
            *("3 Convolution", "spreadsheet with live formulas", "convolution_workbook", None),
        ),
    log:
        "results/logs/convolution/show_convolution.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("small/convolution/show_convolution.py"),
        settings=section("convolution", "filters", "seed"),
    message:
        "Show a convolution by hand as a page and as a spreadsheet"
    script:
        "../../workflow/scripts/small/convolution/show_convolution.py"
