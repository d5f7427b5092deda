"""A convolution by hand: every number as a page and as a spreadsheet.

REQUIRED INPUTS: results/convolution/keras_check.csv, networks.json
OUTPUTS: results/convolution/page.html, convolution.xlsx
"""


rule show_convolution:
    input:
        check="results/convolution/keras_check.csv",
        networks="results/convolution/networks.json",
    output:
        page=page(
            "results/convolution/page.html",
            category="3 Convolution",
            what="page",
            caption="convolution",
            subcategory=None,
        ),
        workbook=page(
            "results/convolution/convolution.xlsx",
            category="3 Convolution",
            what="spreadsheet with live formulas",
            caption="convolution_workbook",
            subcategory=None,
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
