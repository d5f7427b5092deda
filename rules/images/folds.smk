"""Models by folds: the linear floor, the grid of heads, the head that is selected, two controls."""

from snakemake.utils import Paramspace

from practical_dl.images.folds import meta_data

GRID = Paramspace(model_plan.every_point(config), filename_params="*", param_sep="-")
POINT = GRID.wildcard_pattern
META_DATA = {
    name: f"results/images/{{dataset}}/controls/meta_{name}.csv" for name in meta_data.VARIANTS
}


rule fit_floor:
    """Logistic regression on average-pooled features."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        folds="results/images/{dataset}/splits/folds.csv",
        labelled="results/images/{dataset}/reduced/{backbone}/labelled.h5",
        test=reduced_test,
    output:
        out_of_fold="results/images/{dataset}/models/linear_{backbone}/out_of_fold.csv",
        first_seed="results/images/{dataset}/models/linear_{backbone}/first_seed.csv",
        test="results/images/{dataset}/models/linear_{backbone}/test.csv",
    log:
        "results/logs/images/{dataset}/models/linear_{backbone}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/models/linear_{backbone}.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(1000),
        runtime=30,
    params:
        code=code("images/folds/fit_floor.py"),
    message:
        "Fit the linear floor on {wildcards.backbone} features of {wildcards.dataset}, by folds"
    script:
        "../../workflow/scripts/images/folds/fit_floor.py"


rule fit_regions:
    """A spatial head of a few lines: logistic regression on the means of 3 x 3 regions."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        folds="results/images/{dataset}/splits/folds.csv",
        labelled="results/images/{dataset}/reduced/{backbone}/labelled.h5",
        test=reduced_test,
    output:
        out_of_fold="results/images/{dataset}/models/regions_{features}_{backbone}/out_of_fold.csv",
        first_seed="results/images/{dataset}/models/regions_{features}_{backbone}/first_seed.csv",
        test="results/images/{dataset}/models/regions_{features}_{backbone}/test.csv",
    log:
        "results/logs/images/{dataset}/models/regions_{features}_{backbone}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/models/regions_{features}_{backbone}.tsv"
    wildcard_constraints:
        features="plain|centred",
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(500),
        runtime=30,
    params:
        code=code("images/folds/fit_regions.py"),
        regions=lookup(within=config, dpath="images/{dataset}/grid/regions"),
        strength=lookup(within=config, dpath="images/{dataset}/grid/regions_strength"),
    message:
        "Fit regions of {wildcards.features} {wildcards.backbone} features of {wildcards.dataset}, by folds"
    script:
        "../../workflow/scripts/images/folds/fit_regions.py"


rule fit_grid_head:
    """One point of the grid: all folds and seeds of one head."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        folds="results/images/{dataset}/splits/folds.csv",
        labelled="results/images/{dataset}/reduced/{backbone}/labelled.h5",
        passes=reduced_passes("labelled"),
        test=reduced_test,
        test_passes=reduced_passes("test"),
    output:
        out_of_fold=f"results/images/{{dataset}}/models/{POINT}/out_of_fold.csv",
        first_seed=f"results/images/{{dataset}}/models/{POINT}/first_seed.csv",
        clean=f"results/images/{{dataset}}/models/{POINT}/clean.csv",
        test=f"results/images/{{dataset}}/models/{POINT}/test.csv",
    log:
        f"results/logs/images/{{dataset}}/models/{POINT}.log",
    benchmark:
        f"results/benchmarks/images/{{dataset}}/models/{POINT}.tsv"
    wildcard_constraints:
        head="dense|dropped|convolution",
        pool="none|max|average",
        depth=r"\d+",
        width=r"\d+",
        dropout=r"[0-9.e-]+",
        features="plain|centred|augmented",
        halves=r"[0-9.e-]+",
        share=r"[0-9.e-]+",
    conda:
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(4500),
        runtime=30,
    params:
        code=code("images/folds/fit_grid_head.py"),
        seeds=lookup(within=config, dpath="images/{dataset}/grid/seeds"),
        test_passes=lookup(within=config, dpath="images/{dataset}/grid/test_passes"),
        schedule=lookup(within=config, dpath="images/{dataset}/grid/schedule"),
        optimizer=lookup(within=config, dpath="images/{dataset}/grid/optimizer"),
        batch_size=lookup(within=config, dpath="images/{dataset}/grid/batch_size"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Train a head by folds on {wildcards.dataset}: {wildcards.head}, {wildcards.features}, depth {wildcards.depth}, width {wildcards.width}"
    script:
        "../../workflow/scripts/images/folds/fit_grid_head.py"


rule score_model:
    """Log loss and accuracy out of fold, with intervals over groups."""
    input:
        predictions="results/images/{dataset}/models/{model}/out_of_fold.csv",
    output:
        metrics="results/images/{dataset}/models/{model}/metrics.json",
    log:
        "results/logs/images/{dataset}/models/score_{model}.log",
    wildcard_constraints:
        model=r"[A-Za-z0-9_.-]+",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/heads/score_classes.py"),
        model=lambda wildcards: model_plan.title(wildcards.model),
        part="out of fold",
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score {wildcards.model} on {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/heads/score_classes.py"


rule select_head:
    """The best head by log loss; each fold's predictions are of the one that is best on the others."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        folds="results/images/{dataset}/splits/folds.csv",
        out_of_fold=lambda wildcards: models_of(wildcards, model_plan.points, "out_of_fold.csv"),
        first_seed=lambda wildcards: models_of(wildcards, model_plan.points, "first_seed.csv"),
        clean=lambda wildcards: models_of(wildcards, model_plan.points, "clean.csv"),
        test=lambda wildcards: models_of(wildcards, model_plan.points, "test.csv"),
    output:
        out_of_fold="results/images/{dataset}/models/selected/out_of_fold.csv",
        first_seed="results/images/{dataset}/models/selected/first_seed.csv",
        test="results/images/{dataset}/models/selected/test.csv",
        scores="results/images/{dataset}/selection/scores.csv",
        gains="results/images/{dataset}/selection/gains.csv",
        choice="results/images/{dataset}/selection/choice.json",
    log:
        "results/logs/images/{dataset}/select_head.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/folds/select_head.py"),
        names=lambda wildcards: model_plan.points(config, wildcards.dataset),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Select the head of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/folds/select_head.py"


rule fit_group_models:
    """One logistic regression a group; every picture gets the mean of the other folds' groups."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        folds="results/images/{dataset}/splits/folds.csv",
        labelled=of_backbone("head", "reduced", "labelled.h5"),
    output:
        predictions="results/images/{dataset}/controls/group_models.csv",
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
        "Fit one model a group of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/folds/fit_group_models.py"


rule fit_meta_data:
    """The same net without meta-data, with it, and with that of other pictures, by folds."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        folds="results/images/{dataset}/splits/folds.csv",
        labelled=of_backbone("head", "reduced", "labelled.h5"),
    output:
        **META_DATA,
    log:
        "results/logs/images/{dataset}/fit_meta_data.log",
    benchmark:
        "results/benchmarks/images/{dataset}/fit_meta_data.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(1500),
        runtime=60,
    params:
        code=code("images/folds/fit_meta_data.py"),
        seeds=lookup(within=config, dpath="images/{dataset}/grid/seeds"),
        schedule=lookup(within=config, dpath="images/{dataset}/grid/schedule"),
        optimizer=lookup(within=config, dpath="images/{dataset}/grid/optimizer"),
        batch_size=lookup(within=config, dpath="images/{dataset}/grid/batch_size"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Train on features and sizes of the pictures of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/folds/fit_meta_data.py"
