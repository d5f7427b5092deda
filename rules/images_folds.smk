"""Folds of whole groups, reduced features, and which pictures are nearest to each other.

REQUIRED INPUTS: results/images/{dataset}/manifest.csv,
                 results/images/{dataset}/features/{backbone}/{labelled,test,labelled_pass1}.h5
OUTPUTS: results/images/{dataset}/splits/folds.csv
         results/images/{dataset}/reduced/{backbone}/{projection,labelled,test}.h5
         results/images/{dataset}/reduced/{backbone}/neighbours.h5
"""


rule split_into_folds:
    """Every labelled picture in one of the folds, whole groups together."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
    output:
        folds="results/images/{dataset}/splits/folds.csv",
    log:
        "results/logs/images/{dataset}/split_into_folds.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("split_into_folds.py"),
        folds=lookup(within=config, dpath="images/{dataset}/folds"),
        seed=lookup(within=config, dpath="images/{dataset}/split/seed"),
    message:
        "Split {wildcards.dataset} into folds of whole groups"
    script:
        "../workflow/scripts/split_into_folds.py"


rule fit_projection:
    """Principal components of the channels, without labels."""
    input:
        store="results/images/{dataset}/features/{backbone}/labelled.h5",
        shards=shards_of("labelled"),
        description="results/images/{dataset}/features/{backbone}/backbone.json",
    output:
        projection="results/images/{dataset}/reduced/{backbone}/projection.h5",
    log:
        "results/logs/images/{dataset}/fit_projection_{backbone}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/fit_projection_{backbone}.tsv"
    conda:
        "../envs/base.yaml"
    resources:
        mem_mb=memory(3500),
        runtime=60,
    params:
        code=code("fit_projection.py"),
        components=lookup(within=config, dpath="images/{dataset}/grid/components"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Find the principal components of {wildcards.backbone} on {wildcards.dataset}"
    script:
        "../workflow/scripts/fit_projection.py"


rule reduce_features:
    """Features of a part by their components, as they are and without their look-alikes' mean."""
    input:
        store="results/images/{dataset}/features/{backbone}/{part}.h5",
        shards=shards_of(),
        description="results/images/{dataset}/features/{backbone}/backbone.json",
        projection="results/images/{dataset}/reduced/{backbone}/projection.h5",
    output:
        reduced="results/images/{dataset}/reduced/{backbone}/{part}.h5",
    log:
        "results/logs/images/{dataset}/reduce_features_{backbone}_{part}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/reduce_features_{backbone}_{part}.tsv"
    conda:
        "../envs/base.yaml"
    resources:
        mem_mb=memory(2500),
        runtime=120,
    params:
        code=code("reduce_features.py"),
        look_alikes=lookup(within=config, dpath="images/{dataset}/grid/look_alikes"),
    message:
        "Reduce the {wildcards.backbone} features of {wildcards.dataset}: {wildcards.part}"
    script:
        "../workflow/scripts/reduce_features.py"


rule find_neighbours:
    """The nearest pictures: of a labelled one in its own fold, of a test one among the test's."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        folds="results/images/{dataset}/splits/folds.csv",
        labelled="results/images/{dataset}/reduced/{backbone}/labelled.h5",
        test=reduced_test,
    output:
        neighbours="results/images/{dataset}/reduced/{backbone}/neighbours.h5",
    log:
        "results/logs/images/{dataset}/find_neighbours_{backbone}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/find_neighbours_{backbone}.tsv"
    conda:
        "../envs/base.yaml"
    resources:
        mem_mb=memory(1000),
        runtime=30,
    params:
        code=code("find_neighbours.py"),
        counts=lookup(within=config, dpath="images/{dataset}/chain/neighbours"),
    message:
        "Find the nearest pictures of {wildcards.dataset} by {wildcards.backbone}"
    script:
        "../workflow/scripts/find_neighbours.py"
