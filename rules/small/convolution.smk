"""A convolution by hand: every number, the check against Keras, the spreadsheet, the networks."""


rule check_convolution:
    """Every number by hand against Keras', and the lesson's networks read off Keras models."""
    output:
        check="results/convolution/keras_check.csv",
        networks="results/convolution/networks.json",
    log:
        "results/logs/convolution/check_convolution.log",
    benchmark:
        "results/benchmarks/convolution/check_convolution.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    resources:
        mem_mb=memory(1500),
        runtime=30,
    params:
        code=code("small/convolution/check_convolution.py"),
        filters=lookup(within=config, dpath="convolution/filters"),
        seed=lookup(within=config, dpath="convolution/seed"),
    message:
        "Compare the convolution by hand with Keras"
    script:
        "../../workflow/scripts/small/convolution/check_convolution.py"


rule write_convolution_workbook:
    """The spreadsheet of all variants, with live formulas."""
    output:
        workbook=report(
            "results/convolution/convolution.xlsx",
            caption="../../workflow/report/convolution_workbook.rst",
            category="3 Convolution",
            labels={"what": "spreadsheet with live formulas"},
        ),
    log:
        "results/logs/convolution/write_convolution_workbook.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("small/convolution/write_convolution_workbook.py"),
        filters=lookup(within=config, dpath="convolution/filters"),
        seed=lookup(within=config, dpath="convolution/seed"),
    message:
        "Write the convolution as a spreadsheet"
    script:
        "../../workflow/scripts/small/convolution/write_convolution_workbook.py"


rule show_convolution:
    """The page: one number followed, every layer in numbers, variants, networks as graphs."""
    input:
        check="results/convolution/keras_check.csv",
        networks="results/convolution/networks.json",
    output:
        page=report(
            "results/convolution/page.html",
            caption="../../workflow/report/convolution.rst",
            category="3 Convolution",
            labels={"what": "page"},
        ),
    log:
        "results/logs/convolution/show_convolution.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("small/convolution/show_convolution.py"),
        filters=lookup(within=config, dpath="convolution/filters"),
        seed=lookup(within=config, dpath="convolution/seed"),
    message:
        "Draw the page of the convolution"
    script:
        "../../workflow/scripts/small/convolution/show_convolution.py"
