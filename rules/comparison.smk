"""What all pipelines end in: all scores in one table, and the configuration as it was.

REQUIRED INPUTS: the metrics.json of every model
OUTPUTS: results/{pipeline}/{dataset}/comparison.csv, results/comparison.{csv,html}
         results/run_config.yaml
"""


rule compare_models:
    """The scores of all models of one data set."""
    input:
        metrics=lambda wildcards: list(targets.models(config, **wildcards)),
    output:
        comparison="results/{pipeline}/{dataset}/comparison.csv",
    log:
        "results/logs/{pipeline}/{dataset}/compare_models.log",
    wildcard_constraints:
        pipeline=one_of(configuration.PIPELINES),
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("compare_models.py"),
        benchmarks=lambda wildcards: list(targets.models(config, **wildcards).values()),
    script:
        "../workflow/scripts/compare_models.py"


rule join_comparisons:
    """The scores of everything that the `run` lists name."""
    input:
        comparisons=[
            file
            for pipeline in configuration.PIPELINES
            for file in targets.each(config, pipeline, "comparison.csv")
        ],
    output:
        comparison="results/comparison.csv",
        page=report(
            "results/comparison.html",
            caption="../workflow/report/comparison.rst",
            category="Comparison",
            labels={"what": "all models"},
        ),
    log:
        "results/logs/join_comparisons.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("join_comparisons.py"),
    script:
        "../workflow/scripts/join_comparisons.py"


rule write_run_config:
    """The configuration as it was merged, with every default."""
    output:
        "results/run_config.yaml",
    log:
        "results/logs/write_run_config.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("write_run_config.py"),
        config=yaml.safe_dump(config, sort_keys=True),
    script:
        "../workflow/scripts/write_run_config.py"
