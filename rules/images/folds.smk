"""Models by folds: linear models, the grid of heads, the head that is selected, two controls.

REQUIRED INPUTS: manifest.csv, splits/folds.csv, reduced/{backbone}
OUTPUTS: models/{model}: out_of_fold.csv, first_seed.csv, test.csv; selection; controls
"""

from practical_dl.images.titles import VARIANTS

POINT = grid.PATTERN
META_DATA = {name: f"{image_paths.CONTROLS}/meta_{name}.csv" for name in VARIANTS}
KINDS = ("out_of_fold", "first_seed", "test")
KINDS_OF_GRID = (*KINDS, "clean")
LINEAR = ["linear_{backbone}", "regions_plain_{backbone}", "regions_centred_{backbone}"]


rule fit_linear_models:
    input:
        **FOLDED,
    output:
        **models_of(KINDS, *LINEAR),
    log:
        "results/logs/images/{dataset}/fit_linear_models_{backbone}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/fit_linear_models_{backbone}.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(1500),
        runtime=90,
    params:
        code=code("images/folds/fit_linear_models.py"),
        grid=section("images/{dataset}/grid", "regions", "regions_strength"),
    message:
        "Fit logistic regressions on {wildcards.backbone} features of {wildcards.dataset} by folds: average-pooled, and on regions"
    script:
        "../../workflow/scripts/images/folds/fit_linear_models.py"


rule fit_grid_head:
    input:
        manifest=image_paths.MANIFEST,
        folds=image_paths.FOLDS,
        reduced=reduced_for_points(lambda wildcards: [name_of(wildcards)]),
    output:
        **models_of(KINDS_OF_GRID, POINT),
    log:
        f"results/logs/images/{{dataset}}/models/{POINT}.log",
    benchmark:
        f"results/benchmarks/images/{{dataset}}/models/{POINT}.tsv"
    wildcard_constraints:
        **POINT_CONSTRAINTS,
        dataset=one_of(name for name in config["images"] if not shares_jobs(name)),
    conda:
        "../../envs/tensorflow.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory(4500),
    params:
        **GRID_SETTINGS,
        code=code("images/folds/fit_grid_head.py"),
        points=lambda wildcards: [name_of(wildcards)],
    message:
        "Train a head by folds on {wildcards.dataset}: {wildcards.head}, {wildcards.features}, depth {wildcards.depth}, width {wildcards.width}"
    script:
        "../../workflow/scripts/images/folds/fit_grid_head.py"


for suffix, jobs, sets in alike("images", model_plan.grid_jobs):
    for number, points in enumerate(jobs):

        rule:
            name:
                f"fit_grid_heads_{number}{suffix}"
            input:
                manifest=image_paths.MANIFEST,
                folds=image_paths.FOLDS,
                reduced=reduced_for_points(points_of_job(number)),
            output:
                **models_of(KINDS_OF_GRID, *points),
            log:
                f"results/logs/images/{{dataset}}/fit_grid_heads_{number}.log",
            benchmark:
                f"results/benchmarks/images/{{dataset}}/fit_grid_heads_{number}.tsv"
            wildcard_constraints:
                dataset=sets,
            conda:
                "../../envs/tensorflow.yaml"
            threads: config["threads"]
            resources:
                mem_mb=memory(4500),
                runtime=30 * len(points),
            params:
                **GRID_SETTINGS,
                code=code("images/folds/fit_grid_head.py"),
                points=points_of_job(number),
            message:
                "Train heads of the grid by folds on {wildcards.dataset}"
            script:
                "../../workflow/scripts/images/folds/fit_grid_head.py"


rule select_head:
    input:
        **{kind: files_of_models(model_plan.points, f"{kind}.csv") for kind in KINDS_OF_GRID},
        manifest=image_paths.MANIFEST,
        folds=image_paths.FOLDS,
    output:
        out_of_fold=f"{image_paths.RESULTS}/models/selected/out_of_fold.csv",
        first_seed=f"{image_paths.RESULTS}/models/selected/first_seed.csv",
        test=f"{image_paths.RESULTS}/models/selected/test.csv",
        scores=f"{image_paths.RESULTS}/selection/scores.csv",
        gains=f"{image_paths.RESULTS}/selection/gains.csv",
        choice=f"{image_paths.RESULTS}/selection/choice.json",
    log:
        "results/logs/images/{dataset}/select_head.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/folds/select_head.py"),
        names=lambda wildcards: model_plan.points(config, wildcards.dataset),
        seed=config["seed"],
    message:
        "Select the head of {wildcards.dataset}: for each fold the one that is best on the others"
    script:
        "../../workflow/scripts/images/folds/select_head.py"


rule fit_group_models:
    input:
        **BY_FOLDS,
    output:
        predictions=f"{image_paths.CONTROLS}/group_models.csv",
    log:
        "results/logs/images/{dataset}/fit_group_models.log",
    benchmark:
        "results/benchmarks/images/{dataset}/fit_group_models.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(5000),
        runtime=240,
    params:
        code=code("images/folds/fit_group_models.py"),
    message:
        "Fit one model per group of {wildcards.dataset}; each picture gets the mean of the other folds' groups"
    script:
        "../../workflow/scripts/images/folds/fit_group_models.py"


rule fit_meta_data:
    input:
        **BY_FOLDS,
    output:
        **META_DATA,
    log:
        "results/logs/images/{dataset}/fit_meta_data.log",
    benchmark:
        "results/benchmarks/images/{dataset}/fit_meta_data.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory(1500),
        runtime=60,
    params:
        code=code("images/folds/fit_meta_data.py"),
        seeds=lookup(within=config, dpath="images/{dataset}/grid/seeds"),
        recipe=section("images/{dataset}/grid", "schedule", "optimizer", "batch_size"),
        seed=config["seed"],
    message:
        "Train a network on features of {wildcards.dataset} without picture sizes, with them, and with those of other pictures"
    script:
        "../../workflow/scripts/images/folds/fit_meta_data.py"
