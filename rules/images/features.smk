"""Convolutional features, computed once and stored; reduced, with the nearest pictures of each."""


rule train_demo_network:
    """A small VGG-shaped network, trained on drawn drivers that appear nowhere else."""
    output:
        weights="results/weights/demo.weights.h5",
    log:
        "results/logs/train_demo_network.log",
    benchmark:
        "results/benchmarks/train_demo_network.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(1500),
        runtime=30,
    params:
        code=code("images/features/train_demo_network.py"),
    message:
        "Train the demo network on drawn drivers of its own"
    script:
        "../../workflow/scripts/images/features/train_demo_network.py"


rule fetch_imagenet_weights:
    """ImageNet weights of a network of keras.applications, from Keras' own address."""
    output:
        weights="data/weights/{application}_{alpha}.weights.h5",
    log:
        "results/logs/fetch_imagenet_weights/{application}_{alpha}.log",
    wildcard_constraints:
        application="[A-Z][A-Za-z0-9]*",
        alpha="[0-9.]+",
    localrule: True
    conda:
        "../../envs/tensorflow.yaml"
    message:
        "Download the ImageNet weights of {wildcards.application}"
    script:
        "../../workflow/scripts/images/features/fetch_imagenet_weights.py"


rule prepare_backbone:
    """The network up to its layer, with preprocessing and weights; its log says what storage costs."""
    input:
        weights=weights_if_present,
        manifest="results/images/{dataset}/manifest.csv",
    output:
        model="results/images/{dataset}/features/{backbone}/backbone.keras",
        graph="results/images/{dataset}/features/{backbone}/backbone.pb",
        description="results/images/{dataset}/features/{backbone}/backbone.json",
    log:
        "results/logs/images/{dataset}/prepare_backbone_{backbone}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/prepare_backbone_{backbone}.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2000),
        runtime=30,
    params:
        code=code("images/features/prepare_backbone.py"),
        application=lookup(within=config, dpath="images/{dataset}/backbones/{backbone}/application"),
        layer=lookup(within=config, dpath="images/{dataset}/backbones/{backbone}/layer"),
        weights=lookup(within=config, dpath="images/{dataset}/backbones/{backbone}/weights"),
        weights_file=weights_path,
        alpha=lookup(within=config, dpath="images/{dataset}/backbones/{backbone}/alpha"),
        input_size=lookup(within=config, dpath="images/{dataset}/backbones/{backbone}/input_size"),
        pool=lookup(within=config, dpath="images/{dataset}/backbones/{backbone}/pool"),
        passes=lookup(within=config, dpath="images/{dataset}/backbones/{backbone}/passes"),
        engine=lookup(within=config, dpath="images/{dataset}/backbones/{backbone}/engine"),
        precision=lookup(within=config, dpath="images/{dataset}/backbones/{backbone}/precision"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Prepare {wildcards.backbone} for {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/features/prepare_backbone.py"


rule quantise_backbone:
    """The network in eight bits, the ranges of its activations measured on labelled pictures."""
    input:
        source="data/images/{dataset}/source.json",
        manifest="results/images/{dataset}/manifest.csv",
        graph="results/images/{dataset}/features/{backbone}/backbone.pb",
        description="results/images/{dataset}/features/{backbone}/backbone.json",
    output:
        graph="results/images/{dataset}/features/{backbone}/backbone_int8.xml",
        weights="results/images/{dataset}/features/{backbone}/backbone_int8.bin",
    log:
        "results/logs/images/{dataset}/quantise_backbone_{backbone}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/quantise_backbone_{backbone}.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(3000),
        runtime=60,
    params:
        code=code("images/features/quantise_backbone.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Put {wildcards.backbone} for {wildcards.dataset} into eight bits"
    script:
        "../../workflow/scripts/images/features/quantise_backbone.py"


rule extract_features:
    """One shard of the features of the labelled pictures, of an augmented pass, or of the test."""
    input:
        source="data/images/{dataset}/source.json",
        manifest="results/images/{dataset}/manifest.csv",
        model="results/images/{dataset}/features/{backbone}/backbone.keras",
        graph=graph_of_backbone,
        description="results/images/{dataset}/features/{backbone}/backbone.json",
        sweep=swept_amounts,
    output:
        shard="results/images/{dataset}/features/{backbone}/{part}/shard_{shard}.h5",
    log:
        "results/logs/images/{dataset}/extract_features_{backbone}_{part}_{shard}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/extract_features_{backbone}_{part}_{shard}.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(3000),
        runtime=240,
    params:
        code=code("images/features/extract_features.py"),
        shards=lookup(within=config, dpath="images/{dataset}/backbones/{backbone}/shards"),
        batch_size=lookup(within=config, dpath="images/{dataset}/backbones/{backbone}/batch_size"),
        amounts=augmentation_amounts,
        seed=lookup(within=config, dpath="seed"),
    message:
        "Extract features of {wildcards.dataset} with {wildcards.backbone}: {wildcards.part}, shard {wildcards.shard}"
    script:
        "../../workflow/scripts/images/features/extract_features.py"


rule join_features:
    """The shards of a part as one HDF5 virtual data set."""
    input:
        shards=shards_of(),
    output:
        store="results/images/{dataset}/features/{backbone}/{part}.h5",
    log:
        "results/logs/images/{dataset}/join_features_{backbone}_{part}.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/features/join_features.py"),
    message:
        "Join the features of {wildcards.backbone} for the {wildcards.part} pictures of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/features/join_features.py"


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
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(3500),
        runtime=60,
    params:
        code=code("images/features/fit_projection.py"),
        components=lookup(within=config, dpath="images/{dataset}/grid/components"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Find the principal components of {wildcards.backbone} on {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/features/fit_projection.py"


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
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(2500),
        runtime=120,
    params:
        code=code("images/features/reduce_features.py"),
        look_alikes=lookup(within=config, dpath="images/{dataset}/grid/look_alikes"),
    message:
        "Reduce the {wildcards.backbone} features of {wildcards.dataset}: {wildcards.part}"
    script:
        "../../workflow/scripts/images/features/reduce_features.py"


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
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(1000),
        runtime=30,
    params:
        code=code("images/features/find_neighbours.py"),
        counts=lookup(within=config, dpath="images/{dataset}/chain/neighbours"),
    message:
        "Find the nearest pictures of {wildcards.dataset} by {wildcards.backbone}"
    script:
        "../../workflow/scripts/images/features/find_neighbours.py"
