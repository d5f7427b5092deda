"""One page a question about the sample; the size of a validation set is answered from the sweep.

REQUIRED INPUTS: results/images/{dataset}/sample/{baselines,rate_lesson,rate_range,statistics}/
                 results/images/{dataset}/augmentation/sweep/*.csv, evidence.csv
OUTPUTS: results/images/{dataset}/sample/pages/*.html
"""


rule answer_baselines:
    """Page: simple models on unseen groups, and what a random split promises."""
    input:
        grouped=expand(
            "results/images/{{dataset}}/sample/baselines/{model}/grouped.json",
            model=sample_plan.MODELS,
        ),
        random=expand(
            "results/images/{{dataset}}/sample/baselines/{model}/random.json",
            model=sample_plan.MODELS,
        ),
        leak=expand(
            "results/images/{{dataset}}/sample/baselines/{model}/leak.json",
            model=sample_plan.MODELS,
        ),
        model=expand(
            "results/images/{{dataset}}/sample/baselines/{model}/model.json",
            model=sample_plan.MODELS,
        ),
        histories=expand(
            "results/images/{{dataset}}/sample/baselines/{model}/history.csv",
            model=sample_plan.MODELS,
        ),
    output:
        page=report(
            "results/images/{dataset}/sample/pages/baselines.html",
            caption="../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "sample: baselines and leak"},
        ),
    log:
        "results/logs/images/{dataset}/answer_baselines.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("answer_baselines.py"),
        models=sample_plan.MODELS,
    message:
        "Write the page on simple models of {wildcards.dataset}"
    script:
        "../workflow/scripts/answer_baselines.py"


rule answer_learning_rate:
    """Page: what too high a first rate does."""
    input:
        runs="results/images/{dataset}/sample/rate_lesson/runs.csv",
        history="results/images/{dataset}/sample/rate_lesson/history.csv",
    output:
        page=report(
            "results/images/{dataset}/sample/pages/learning_rate.html",
            caption="../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "sample: first learning rate"},
        ),
    log:
        "results/logs/images/{dataset}/answer_learning_rate.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("answer_learning_rate.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Write the page on the first learning rate on {wildcards.dataset}"
    script:
        "../workflow/scripts/answer_learning_rate.py"


rule answer_rate_range:
    """Page: rate against loss of every model, with the suggested rate."""
    input:
        ranges="results/images/{dataset}/sample/rate_range/ranges.csv",
    output:
        page=report(
            "results/images/{dataset}/sample/pages/rate_range.html",
            caption="../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "sample: learning-rate range test"},
        ),
    log:
        "results/logs/images/{dataset}/answer_rate_range.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("answer_rate_range.py"),
    message:
        "Write the page on the range of learning rates on {wildcards.dataset}"
    script:
        "../workflow/scripts/answer_rate_range.py"


rule answer_memorisation:
    """Page: the training and the unseen accuracy of each model, conv1's by epoch."""
    input:
        histories=expand(
            "results/images/{{dataset}}/sample/baselines/{model}/history.csv",
            model=sample_plan.MODELS,
        ),
        grouped=expand(
            "results/images/{{dataset}}/sample/baselines/{model}/grouped.json",
            model=sample_plan.MODELS,
        ),
        models=expand(
            "results/images/{{dataset}}/sample/baselines/{model}/model.json",
            model=sample_plan.MODELS,
        ),
    output:
        page=report(
            "results/images/{dataset}/sample/pages/memorisation.html",
            caption="../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "sample: memorisation"},
        ),
    log:
        "results/logs/images/{dataset}/answer_memorisation.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("answer_memorisation.py"),
        models=sample_plan.MODELS,
    message:
        "Write the page on learning and memorising {wildcards.dataset}"
    script:
        "../workflow/scripts/answer_memorisation.py"


rule answer_statistics:
    """Page: running averages against settled batch-norm statistics."""
    input:
        scores="results/images/{dataset}/sample/statistics/scores.csv",
    output:
        page=report(
            "results/images/{dataset}/sample/pages/statistics.html",
            caption="../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "sample: batch-norm statistics"},
        ),
    log:
        "results/logs/images/{dataset}/answer_statistics.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("answer_statistics.py"),
    message:
        "Write the page on batch-norm statistics on {wildcards.dataset}"
    script:
        "../workflow/scripts/answer_statistics.py"


rule answer_validation_size:
    """Page: spread of a score against the size of the validation set, by picture and by driver."""
    input:
        none="results/images/{dataset}/augmentation/sweep/none.csv",
        types=lambda wildcards: sample_plan.sweeps(config, wildcards.dataset),
        evidence="results/images/{dataset}/augmentation/evidence.csv",
    output:
        page=report(
            "results/images/{dataset}/sample/pages/validation_size.html",
            caption="../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "sample: size of the validation set"},
        ),
    log:
        "results/logs/images/{dataset}/answer_validation_size.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("answer_validation_size.py"),
        types=lambda wildcards: sample_plan.swept_types(config, wildcards.dataset),
        sizes=lookup(within=config, dpath="images/{dataset}/sample/validation_size/sizes"),
        draws=lookup(within=config, dpath="images/{dataset}/sample/validation_size/draws"),
        difference=lookup(within=config, dpath="images/{dataset}/sample/validation_size/difference"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Write the page on the size of the validation set of {wildcards.dataset}"
    script:
        "../workflow/scripts/answer_validation_size.py"
