"""The ladder of scores, from the linear model that collapses to the whole chain.

REQUIRED INPUTS: predictions of every rung that the configuration makes
OUTPUTS: results/images/{dataset}/ladder.csv, pages/ladder.html
"""


rule answer_ladder:
    """Page: every rung with its control and interval, beside the original's figure."""
    input:
        predictions=lambda wildcards: ladder_plan.inputs(config, wildcards.dataset),
    output:
        ladder="results/images/{dataset}/ladder.csv",
        page=report(
            "results/images/{dataset}/pages/ladder.html",
            caption="../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "the ladder of scores"},
        ),
    log:
        "results/logs/images/{dataset}/answer_ladder.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("answer_ladder.py"),
        rungs=lambda wildcards: [
            list(vars(rung).values()) for rung in ladder_plan.rungs(config, wildcards.dataset)
        ],
        of_competition=lambda wildcards: ladder_plan.is_of_competition(config, wildcards.dataset),
        seed=lookup(within=config, dpath="seed"),
    script:
        "../workflow/scripts/answer_ladder.py"
