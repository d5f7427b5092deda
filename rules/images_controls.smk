"""Two things that are not expected to help, each against its control.

REQUIRED INPUTS: results/images/{dataset}/reduced/{backbone}/labelled.h5, splits/folds.csv
OUTPUTS: results/images/{dataset}/controls/*.csv, pages/{group_models,meta_data}.html
"""

from practical_dl.images import meta_data

META_DATA = {
    name: f"results/images/{{dataset}}/controls/meta_{name}.csv" for name in meta_data.VARIANTS
}


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
        "../envs/base.yaml"
    resources:
        mem_mb=memory(5000),
        runtime=240,
    params:
        code=code("fit_group_models.py"),
    message:
        "Fit one model a group of {wildcards.dataset}"
    script:
        "../workflow/scripts/fit_group_models.py"


rule answer_group_models:
    """Page: one model a group, averaged, against one model of all."""
    input:
        each="results/images/{dataset}/controls/group_models.csv",
        together=lambda wildcards: models_of(wildcards, model_plan.floor, "out_of_fold.csv")[0],
    output:
        page=report(
            "results/images/{dataset}/pages/group_models.html",
            caption="../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "one model a driver, averaged"},
        ),
    log:
        "results/logs/images/{dataset}/answer_group_models.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("answer_group_models.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Write the page on one model a group of {wildcards.dataset}"
    script:
        "../workflow/scripts/answer_group_models.py"


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
        "../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(1500),
        runtime=60,
    params:
        code=code("fit_meta_data.py"),
        seeds=lookup(within=config, dpath="images/{dataset}/grid/seeds"),
        schedule=lookup(within=config, dpath="images/{dataset}/grid/schedule"),
        optimizer=lookup(within=config, dpath="images/{dataset}/grid/optimizer"),
        batch_size=lookup(within=config, dpath="images/{dataset}/grid/batch_size"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Train on features and sizes of the pictures of {wildcards.dataset}"
    script:
        "../workflow/scripts/fit_meta_data.py"


rule answer_meta_data:
    """Page: the size of a picture as a second input."""
    input:
        **META_DATA,
        manifest="results/images/{dataset}/manifest.csv",
    output:
        page=report(
            "results/images/{dataset}/pages/meta_data.html",
            caption="../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "size of the picture as an input"},
        ),
    log:
        "results/logs/images/{dataset}/answer_meta_data.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("answer_meta_data.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Write the page on picture sizes as an input for {wildcards.dataset}"
    script:
        "../workflow/scripts/answer_meta_data.py"
