"""Experiments on the sample: simple models, learning rates, batch norm, learning curves."""


rule draw_sample:
    """A stratified sample of both sides of the grouped split, for quick experiments."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        split="results/images/{dataset}/splits/grouped.csv",
    output:
        sample="results/images/{dataset}/sample/sample.csv",
    log:
        "results/logs/images/{dataset}/draw_sample.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/sample/draw_sample.py"),
        train=lookup(within=config, dpath="images/{dataset}/sample/train"),
        valid=lookup(within=config, dpath="images/{dataset}/sample/valid"),
        seed=lookup(within=config, dpath="images/{dataset}/split/seed"),
    message:
        "Draw the sample of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/sample/draw_sample.py"


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
        "../../envs/base.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(500),
        runtime=30,
    params:
        code=code("images/sample/decode_sample.py"),
        input_size=lookup(within=config, dpath="images/{dataset}/sample/input_size"),
        seed=lookup(within=config, dpath="images/{dataset}/split/seed"),
    message:
        "Decode the sample of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/sample/decode_sample.py"


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
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2000),
        runtime=60,
    params:
        code=code("images/sample/fit_baseline.py"),
        schedule=lookup(within=config, dpath="images/{dataset}/sample/baselines/{model}"),
        batch_size=lookup(within=config, dpath="images/{dataset}/sample/batch_size"),
        inner_share=lookup(within=config, dpath="images/{dataset}/sample/inner_share"),
        seeds=lookup(within=config, dpath="images/{dataset}/sample/seeds"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Train {wildcards.model} on the sample of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/sample/fit_baseline.py"


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
        "../../envs/base.yaml"
    params:
        code=code("images/sample/score_baseline.py"),
        model="{model} on the sample",
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score {wildcards.model} on the sample of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/sample/score_baseline.py"


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
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(1500),
        runtime=30,
    params:
        code=code("images/sample/fit_rate_lesson.py"),
        at_once=lookup(within=config, dpath="images/{dataset}/sample/rate_lesson/at_once"),
        low_first=lookup(within=config, dpath="images/{dataset}/sample/rate_lesson/low_first"),
        batch_size=lookup(within=config, dpath="images/{dataset}/sample/batch_size"),
        seeds=lookup(within=config, dpath="images/{dataset}/sample/seeds"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Train the linear model on {wildcards.dataset} by two schedules"
    script:
        "../../workflow/scripts/images/sample/fit_rate_lesson.py"


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
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2000),
        runtime=30,
    params:
        code=code("images/sample/test_learning_rates.py"),
        models=sample_plan.MODELS,
        low=lookup(within=config, dpath="images/{dataset}/sample/rate_range/low"),
        high=lookup(within=config, dpath="images/{dataset}/sample/rate_range/high"),
        steps=lookup(within=config, dpath="images/{dataset}/sample/rate_range/steps"),
        batch_size=lookup(within=config, dpath="images/{dataset}/sample/batch_size"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Test learning rates on the sample of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/sample/test_learning_rates.py"


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
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2000),
        runtime=30,
    params:
        code=code("images/sample/compare_statistics.py"),
        schedule=lookup(within=config, dpath="images/{dataset}/sample/statistics_schedule"),
        batch_size=lookup(within=config, dpath="images/{dataset}/sample/batch_size"),
        seeds=lookup(within=config, dpath="images/{dataset}/sample/seeds"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Compare batch-norm statistics on the sample of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/sample/compare_statistics.py"


rule draw_curve_sample:
    """As many training pictures as the longest curve takes, beside the sample's validation size."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        split="results/images/{dataset}/splits/grouped.csv",
    output:
        sample="results/images/{dataset}/sample/curves/sample.csv",
    log:
        "results/logs/images/{dataset}/draw_curve_sample.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/sample/draw_sample.py"),
        train=lambda wildcards: sample_plan.curve_pictures(config, wildcards.dataset),
        valid=lookup(within=config, dpath="images/{dataset}/sample/valid"),
        seed=lookup(within=config, dpath="images/{dataset}/split/seed"),
    message:
        "Draw the pictures of {wildcards.dataset} for the learning curves"
    script:
        "../../workflow/scripts/images/sample/draw_sample.py"


rule decode_curve_pictures:
    """These pictures, small and decoded once."""
    input:
        source="data/images/{dataset}/source.json",
        manifest="results/images/{dataset}/manifest.csv",
        split="results/images/{dataset}/splits/grouped.csv",
        sample="results/images/{dataset}/sample/curves/sample.csv",
    output:
        pictures="results/images/{dataset}/sample/curves/images.h5",
    log:
        "results/logs/images/{dataset}/decode_curve_pictures.log",
    benchmark:
        "results/benchmarks/images/{dataset}/decode_curve_pictures.tsv"
    conda:
        "../../envs/base.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(500),
        runtime=30,
    params:
        code=code("images/sample/decode_sample.py"),
        input_size=lookup(within=config, dpath="images/{dataset}/sample/input_size"),
        seed=lookup(within=config, dpath="images/{dataset}/split/seed"),
    message:
        "Decode the pictures of the learning curves of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/sample/decode_sample.py"


rule fit_curve:
    """conv1 with the swept augmentation at every point of one curve, all seeds."""
    input:
        pictures="results/images/{dataset}/sample/curves/images.h5",
        best="results/images/{dataset}/augmentation/best.yaml",
    output:
        runs="results/images/{dataset}/sample/curves/{axis}.csv",
    log:
        "results/logs/images/{dataset}/fit_curve_{axis}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/fit_curve_{axis}.tsv"
    wildcard_constraints:
        axis=one_of(sample_plan.AXES),
    conda:
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2000),
        runtime=30,
    params:
        code=code("images/sample/fit_curve.py"),
        values=lookup(within=config, dpath="images/{dataset}/sample/curves/{axis}"),
        base=lookup(within=config, dpath="images/{dataset}/sample/train"),
        base_shrink=lookup(within=config, dpath="images/{dataset}/sample/curves/base_shrink"),
        schedule=lookup(within=config, dpath="images/{dataset}/sample/curves/schedule"),
        batch_size=lookup(within=config, dpath="images/{dataset}/sample/batch_size"),
        seeds=lookup(within=config, dpath="images/{dataset}/sample/seeds"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Learning curve of {wildcards.dataset} over {wildcards.axis}"
    script:
        "../../workflow/scripts/images/sample/fit_curve.py"
