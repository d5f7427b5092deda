"""Experiments on the sample: simple models, learning rates, batch norm.

REQUIRED INPUTS: results/images/{dataset}/sample/sample.csv, splits/grouped.csv, manifest.csv,
                 data/images/{dataset}/source.json
OUTPUTS: results/images/{dataset}/sample/images.h5
         results/images/{dataset}/sample/baselines/{model}/runs.csv, history.csv, model.json,
         grouped.json, random.json, leak.json
         results/images/{dataset}/sample/{rate_lesson,rate_range,statistics}/*.csv
"""


rule decode_sample:
    """The sample's pictures, small and decoded once, with their roles by both splits."""
    input:
        source="data/images/{dataset}/source.json",
        manifest="results/images/{dataset}/manifest.csv",
        split="results/images/{dataset}/splits/grouped.csv",
        sample="results/images/{dataset}/sample/sample.csv",
    output:
        pictures="results/images/{dataset}/sample/images.h5",
    log:
        "results/logs/images/{dataset}/decode_sample.log",
    benchmark:
        "results/benchmarks/images/{dataset}/decode_sample.tsv"
    conda:
        "../envs/base.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(500),
        runtime=30,
    params:
        code=code("decode_sample.py"),
        input_size=lookup(within=config, dpath="images/{dataset}/sample/input_size"),
        seed=lookup(within=config, dpath="images/{dataset}/split/seed"),
    message:
        "Decode the sample of {wildcards.dataset}"
    script:
        "../workflow/scripts/decode_sample.py"


rule fit_baseline:
    """A simple model from scratch, by the grouped and by the random split, with all its seeds."""
    input:
        pictures="results/images/{dataset}/sample/images.h5",
    output:
        runs="results/images/{dataset}/sample/baselines/{model}/runs.csv",
        history="results/images/{dataset}/sample/baselines/{model}/history.csv",
        model="results/images/{dataset}/sample/baselines/{model}/model.json",
    log:
        "results/logs/images/{dataset}/fit_baseline_{model}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/fit_baseline_{model}.tsv"
    wildcard_constraints:
        model=one_of(sample_plan.MODELS),
    conda:
        "../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2000),
        runtime=60,
    params:
        code=code("fit_baseline.py"),
        schedule=lookup(within=config, dpath="images/{dataset}/sample/baselines/{model}"),
        batch_size=lookup(within=config, dpath="images/{dataset}/sample/batch_size"),
        inner_share=lookup(within=config, dpath="images/{dataset}/sample/inner_share"),
        seeds=lookup(within=config, dpath="images/{dataset}/sample/seeds"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Train {wildcards.model} on the sample of {wildcards.dataset}"
    script:
        "../workflow/scripts/fit_baseline.py"


rule score_baseline:
    """Scores of a simple model by both splits, and the leak between them."""
    input:
        runs="results/images/{dataset}/sample/baselines/{model}/runs.csv",
    output:
        grouped="results/images/{dataset}/sample/baselines/{model}/grouped.json",
        random="results/images/{dataset}/sample/baselines/{model}/random.json",
        leak="results/images/{dataset}/sample/baselines/{model}/leak.json",
    log:
        "results/logs/images/{dataset}/score_baseline_{model}.log",
    wildcard_constraints:
        model=one_of(sample_plan.MODELS),
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("score_baseline.py"),
        model="{model} on the sample",
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score {wildcards.model} on the sample of {wildcards.dataset}"
    script:
        "../workflow/scripts/score_baseline.py"


rule fit_rate_lesson:
    """The linear model at a high rate at once, and at a low rate first."""
    input:
        pictures="results/images/{dataset}/sample/images.h5",
    output:
        runs="results/images/{dataset}/sample/rate_lesson/runs.csv",
        history="results/images/{dataset}/sample/rate_lesson/history.csv",
    log:
        "results/logs/images/{dataset}/fit_rate_lesson.log",
    benchmark:
        "results/benchmarks/images/{dataset}/fit_rate_lesson.tsv"
    conda:
        "../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(1500),
        runtime=30,
    params:
        code=code("fit_rate_lesson.py"),
        at_once=lookup(within=config, dpath="images/{dataset}/sample/rate_lesson/at_once"),
        low_first=lookup(within=config, dpath="images/{dataset}/sample/rate_lesson/low_first"),
        batch_size=lookup(within=config, dpath="images/{dataset}/sample/batch_size"),
        seeds=lookup(within=config, dpath="images/{dataset}/sample/seeds"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Train the linear model on {wildcards.dataset} by two schedules"
    script:
        "../workflow/scripts/fit_rate_lesson.py"


rule test_learning_rates:
    """The loss of every simple model while its rate rises step by step."""
    input:
        pictures="results/images/{dataset}/sample/images.h5",
    output:
        ranges="results/images/{dataset}/sample/rate_range/ranges.csv",
    log:
        "results/logs/images/{dataset}/test_learning_rates.log",
    benchmark:
        "results/benchmarks/images/{dataset}/test_learning_rates.tsv"
    conda:
        "../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2000),
        runtime=30,
    params:
        code=code("test_learning_rates.py"),
        models=sample_plan.MODELS,
        low=lookup(within=config, dpath="images/{dataset}/sample/rate_range/low"),
        high=lookup(within=config, dpath="images/{dataset}/sample/rate_range/high"),
        steps=lookup(within=config, dpath="images/{dataset}/sample/rate_range/steps"),
        batch_size=lookup(within=config, dpath="images/{dataset}/sample/batch_size"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Test learning rates on the sample of {wildcards.dataset}"
    script:
        "../workflow/scripts/test_learning_rates.py"


rule compare_statistics:
    """Validation scores by running averages and by settled statistics of the same weights."""
    input:
        pictures="results/images/{dataset}/sample/images.h5",
    output:
        scores="results/images/{dataset}/sample/statistics/scores.csv",
    log:
        "results/logs/images/{dataset}/compare_statistics.log",
    benchmark:
        "results/benchmarks/images/{dataset}/compare_statistics.tsv"
    conda:
        "../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2000),
        runtime=30,
    params:
        code=code("compare_statistics.py"),
        schedule=lookup(within=config, dpath="images/{dataset}/sample/statistics_schedule"),
        batch_size=lookup(within=config, dpath="images/{dataset}/sample/batch_size"),
        seeds=lookup(within=config, dpath="images/{dataset}/sample/seeds"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Compare batch-norm statistics on the sample of {wildcards.dataset}"
    script:
        "../workflow/scripts/compare_statistics.py"
