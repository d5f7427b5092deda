"""What all pipelines end in: all scores in one table, and the configuration as it was."""


rule compare_models:
    """The scores of all models of one data set."""
    input:
        metrics=lambda wildcards: list(targets.models(config, **wildcards)),
    output:
        comparison="results/{pipeline}/{dataset}/comparison.csv",
    log:
        "results/logs/{pipeline}/{dataset}/compare_models.log",
    wildcard_constraints:
        pipeline=one_of(set(configuration.PIPELINES) - {"reviews"}),
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("overview/compare_models.py"),
        benchmarks=lambda wildcards: list(targets.models(config, **wildcards).values()),
    message:
        "Gather the scores of {wildcards.pipeline} on {wildcards.dataset}"
    script:
        "../workflow/scripts/overview/compare_models.py"


rule join_comparisons:
    """The scores of everything that the `run` lists name, with the settings that they stand for."""
    input:
        comparisons=[
            file
            for pipeline in configuration.PIPELINES
            for file in targets.each(config, pipeline, "comparison.csv")
        ],
        settings="results/run_config.yaml",
    output:
        comparison="results/comparison.csv",
        page=report(
            "results/comparison.html",
            caption="../workflow/report/comparison.rst",
            category="0 Overview",
            labels={"what": "all models"},
        ),
    log:
        "results/logs/join_comparisons.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("overview/join_comparisons.py"),
    message:
        "Gather all scores"
    script:
        "../workflow/scripts/overview/join_comparisons.py"


rule write_front_page:
    """What ran, and the best score of each data set beside the original's and the peers'."""
    input:
        comparison="results/comparison.csv",
    output:
        page=report(
            "results/front_page.html",
            caption="../workflow/report/front_page.rst",
            category="0 Overview",
            labels={"what": "front page"},
        ),
    log:
        "results/logs/write_front_page.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("overview/write_front_page.py"),
        references=references.references_sum(),
        ran=[[name, list(chosen)] for name, chosen in sorted(config["run"].items())],
        demos=[
            [pipeline, name]
            for pipeline in configuration.PIPELINES
            for name in names_of_kind(pipeline, "demo")
        ],
    message:
        "Write the report's front page"
    script:
        "../workflow/scripts/overview/write_front_page.py"


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
        code=code("overview/write_run_config.py"),
        config_sha256=configuration.fingerprint(config),
    message:
        "Write the configuration as it was merged"
    script:
        "../workflow/scripts/overview/write_run_config.py"
