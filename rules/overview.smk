"""All scores in one table, the report's front page, and the configuration of the run.

REQUIRED INPUTS: results/{pipeline}/{dataset}/comparison.csv, and ladder.csv or models.csv
OUTPUTS: results/comparison.csv, comparison.html, front_page.html, run_config.yaml
"""

DEMOS = [
    [pipeline, name]
    for pipeline in configuration.PIPELINES
    for name in names_of_kind(pipeline, "demo")
]
DROPPING = [
    name for name in config["run"]["images"] if config["images"][name]["on_bad_pictures"] == "drop"
]
"""Image sets that may do without some pictures."""


rule show_overview:
    input:
        comparisons=targets.comparisons(config),
        tables=list(reading_order.tables(config).values()),
        dropped=expand(image_paths.DROPPED, dataset=DROPPING),
        settings="results/run_config.yaml",
    output:
        comparison="results/comparison.csv",
        page=overview_page("results/comparison.html", "all models", "comparison"),
        front_page=overview_page("results/front_page.html", "front page", "front_page"),
    log:
        "results/logs/show_overview.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("overview/show_overview.py"),
        references=references_sum(),
        dropping=DROPPING,
        with_tables=list(reading_order.tables(config)),
        looks=reading_order.first_looks(config),
        ran=[[name, list(chosen)] for name, chosen in sorted(config["run"].items())],
        demos=DEMOS,
    message:
        "Gather all scores, and show the best of each data set beside those of others"
    script:
        "../workflow/scripts/overview/show_overview.py"


rule write_run_config:
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
        "Write the configuration as it was merged, with every default"
    script:
        "../workflow/scripts/overview/write_run_config.py"
