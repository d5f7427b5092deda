"""The ladder of scores, from the linear model that collapses to the whole chain.

REQUIRED INPUTS: predictions of every rung that the configuration makes
OUTPUTS: results/images/{dataset}/ladder.csv, pages/{ladder,overfitting}.html
"""


rule answer_ladder:
    """Page: every rung with its control and interval, beside the original's figure."""
    input:
        predictions=lambda wildcards: ladder.files_read(
            ladder_plan.rungs(config, wildcards.dataset)
        ),
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
        rungs=lambda wildcards: ladder.as_lists(ladder_plan.rungs(config, wildcards.dataset)),
        of_competition=lambda wildcards: ladder_plan.is_of_competition(config, wildcards.dataset),
        on_sample=lambda wildcards: sample_plan.runs(config, wildcards.dataset),
        on_test_pool=lambda wildcards: "test" in pseudo_plan.pools(config, wildcards.dataset),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Write the page of the ladder of {wildcards.dataset}"
    script:
        "../workflow/scripts/answer_ladder.py"


rule answer_overfitting:
    """Page: the lesson's five steps against overfitting, each against its control."""
    input:
        predictions=lambda wildcards: ladder.files_read(
            overfitting_plan.steps(config, wildcards.dataset)
        ),
    output:
        page=report(
            "results/images/{dataset}/pages/overfitting.html",
            caption="../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "five steps against overfitting"},
        ),
    log:
        "results/logs/images/{dataset}/answer_overfitting.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("answer_overfitting.py"),
        steps=lambda wildcards: ladder.as_lists(overfitting_plan.steps(config, wildcards.dataset)),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Write the page on the steps against overfitting on {wildcards.dataset}"
    script:
        "../workflow/scripts/answer_overfitting.py"
