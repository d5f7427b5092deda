"""The augmentation sweep on the sample, its choice, and the test of the choice on unseen groups.

REQUIRED INPUTS: results/images/{dataset}/sample/images.h5, sample/curves/images.h5
OUTPUTS: results/images/{dataset}/augmentation/sweep/{augmentation}.csv, evidence.csv,
         levels.yaml, together.csv, evidence_together.csv, best.yaml, contact_sheet.h5,
         combination/{runs,history}.csv
         results/images/{dataset}/sample/curves/{axis}.csv
"""


rule sweep_augmentation:
    input:
        pictures=sample_paths.PICTURES,
    output:
        runs=sample_paths.SWEEP,
    log:
        "results/logs/images/{dataset}/sweep_augmentation_{augmentation}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/sweep_augmentation_{augmentation}.tsv"
    wildcard_constraints:
        augmentation=one_of([*TYPES, NONE]),
    conda:
        "../../envs/tensorflow.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory(2000),
    params:
        code=code("images/augmentation/sweep_augmentation.py"),
        levels=lambda wildcards: sample_plan.levels_of(
            config, wildcards.dataset, wildcards.augmentation
        ),
        sweep=section("images/{dataset}/augmentation", *sample_plan.SWEPT_BY),
        batch_size=lookup(within=config, dpath="images/{dataset}/sample/batch_size"),
        seed=config["seed"],
    message:
        "Sweep {wildcards.augmentation} on {wildcards.dataset}: each group scored by models that never saw it"
    script:
        "../../workflow/scripts/images/augmentation/sweep_augmentation.py"


rule choose_augmentation:
    input:
        pictures=sample_paths.PICTURES,
        none=filled(sample_paths.SWEEP, augmentation=NONE),
        types=lambda wildcards: sample_plan.sweeps(config, wildcards.dataset),
    output:
        **sample_plan.choice(),
    log:
        "results/logs/images/{dataset}/choose_augmentation.log",
    benchmark:
        "results/benchmarks/images/{dataset}/choose_augmentation.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory(1500),
    params:
        code=code("images/augmentation/choose_augmentation.py"),
        levels=lambda wildcards: sample_plan.swept_levels(config, wildcards.dataset),
        sweep=section("images/{dataset}/augmentation", *sample_plan.SWEPT_BY),
        strengths=lookup(within=config, dpath="images/{dataset}/augmentation/strengths"),
        batch_size=lookup(within=config, dpath="images/{dataset}/sample/batch_size"),
        seed=config["seed"],
    message:
        "Choose the augmentation of {wildcards.dataset}: a level of each type, then the strength of all together"
    script:
        "../../workflow/scripts/images/augmentation/choose_augmentation.py"


rule fit_augmented_sample:
    input:
        pictures=sample_paths.PICTURES,
        curve_pictures=f"{sample_paths.CURVES}/images.h5",
        best=image_paths.BEST,
    output:
        runs=f"{sample_paths.COMBINATION}/runs.csv",
        history=f"{sample_paths.COMBINATION}/history.csv",
        curves=[f"{sample_paths.CURVES}/{axis}.csv" for axis in sample_plan.AXES],
    log:
        "results/logs/images/{dataset}/fit_augmented_sample.log",
    benchmark:
        "results/benchmarks/images/{dataset}/fit_augmented_sample.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory(2000),
        runtime=180,
    params:
        code=code("images/augmentation/fit_augmented_sample.py"),
        axes=sample_plan.AXES,
        sample=section("images/{dataset}/sample", "train", "batch_size", "inner_share", "seeds"),
        curves=section("images/{dataset}/sample/curves"),
        schedule=lookup(within=config, dpath="images/{dataset}/augmentation/combination_schedule"),
        seed=config["seed"],
    message:
        "Train conv1 on {wildcards.dataset} without and with the chosen augmentation, and along the learning curves"
    script:
        "../../workflow/scripts/images/augmentation/fit_augmented_sample.py"
