"""Experiments on the sample: simple models, learning rates, batch-norm statistics.

REQUIRED INPUTS: data/images/{dataset}/source.json,
                 results/images/{dataset}/manifest.csv, splits/grouped.csv
OUTPUTS: results/images/{dataset}/sample/sample.csv, images.h5, baselines/, rate_lesson/,
         rate_range/, statistics/, curves/sample.csv, curves/images.h5
"""

from practical_dl.images.sample import paths as sample_paths


rule draw_sample:
    input:
        source=image_paths.SOURCE,
        manifest=image_paths.MANIFEST,
        split=image_paths.GROUPED,
    output:
        sample=sample_paths.SAMPLE,
        pictures=sample_paths.PICTURES,
    log:
        "results/logs/images/{dataset}/draw_sample.log",
    benchmark:
        "results/benchmarks/images/{dataset}/draw_sample.tsv"
    conda:
        "../../envs/base.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory(500),
    params:
        code=code("images/sample/draw_sample.py"),
        train=lookup(within=config, dpath="images/{dataset}/sample/train"),
        sample=section("images/{dataset}/sample", "valid", "input_size"),
        seed=lookup(within=config, dpath="images/{dataset}/split/seed"),
    message:
        "Draw a stratified sample of both sides of the grouped split of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/sample/draw_sample.py"


rule draw_curve_sample:
    input:
        source=image_paths.SOURCE,
        manifest=image_paths.MANIFEST,
        split=image_paths.GROUPED,
    output:
        sample=f"{sample_paths.CURVES}/sample.csv",
        pictures=f"{sample_paths.CURVES}/images.h5",
    log:
        "results/logs/images/{dataset}/draw_curve_sample.log",
    benchmark:
        "results/benchmarks/images/{dataset}/draw_curve_sample.tsv"
    conda:
        "../../envs/base.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory(500),
    params:
        code=code("images/sample/draw_sample.py"),
        train=lambda wildcards: sample_plan.curve_pictures(config, wildcards.dataset),
        sample=section("images/{dataset}/sample", "valid", "input_size"),
        seed=lookup(within=config, dpath="images/{dataset}/split/seed"),
    message:
        "Draw as many pictures of {wildcards.dataset} as the longest learning curve takes"
    script:
        "../../workflow/scripts/images/sample/draw_sample.py"


rule fit_sample_models:
    input:
        pictures=sample_paths.PICTURES,
    output:
        **sample_plan.fitted(),
    log:
        "results/logs/images/{dataset}/fit_sample_models.log",
    benchmark:
        "results/benchmarks/images/{dataset}/fit_sample_models.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory(2000),
        runtime=120,
    params:
        code=code("images/sample/fit_sample_models.py"),
        models=sample_plan.MODELS,
        sample=section("images/{dataset}/sample", *sample_plan.FITTED_BY),
        seed=config["seed"],
    message:
        "Train the simple models on the sample of {wildcards.dataset}, by both splits and by rising rates"
    script:
        "../../workflow/scripts/images/sample/fit_sample_models.py"
