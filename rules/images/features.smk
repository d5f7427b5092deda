"""Convolutional features, computed once and stored; reduced, with the nearest pictures of each.

REQUIRED INPUTS: source.json, manifest.csv, splits/folds.csv; augmentation/best.yaml for passes
OUTPUTS: features/{backbone}/{part}.h5, reduced/{backbone}/{part}.h5 and neighbours.h5
"""


rule train_demo_network:
    output:
        weights="results/weights/demo.weights.h5",
    log:
        "results/logs/train_demo_network.log",
    benchmark:
        "results/benchmarks/train_demo_network.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory(1500),
    params:
        code=code("images/features/train_demo_network.py"),
    message:
        "Train the demo's VGG-shaped network on drawn drivers that appear nowhere else"
    script:
        "../../workflow/scripts/images/features/train_demo_network.py"


rule fetch_imagenet_weights:
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
        "Download the ImageNet weights of {wildcards.application} from Keras' own address"
    script:
        "../../workflow/scripts/images/features/fetch_imagenet_weights.py"


rule prepare_backbone:
    input:
        weights=weights_if_present,
        manifest=image_paths.MANIFEST,
    output:
        model=f"{image_paths.FEATURES}/backbone.keras",
        graph=f"{image_paths.FEATURES}/backbone.pb",
        description=f"{image_paths.FEATURES}/backbone.json",
    log:
        "results/logs/images/{dataset}/prepare_backbone_{backbone}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/prepare_backbone_{backbone}.tsv"
    wildcard_constraints:
        backbone=backbone_plan.constraint(config, backbone_plan.KERAS),
    conda:
        "../../envs/tensorflow.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory(2000),
    params:
        code=code("images/features/prepare_backbone.py"),
        network=section("images/{dataset}/backbones/{backbone}", *NETWORK_KEYS),
        use=section("images/{dataset}/backbones/{backbone}", "passes", "engine", "precision"),
        weights_file=weights_path,
        seed=config["seed"],
    message:
        "Prepare {wildcards.backbone} for {wildcards.dataset} up to its layer, and tell what storage costs"
    script:
        "../../workflow/scripts/images/features/prepare_backbone.py"


rule prepare_onnx_backbone:
    input:
        weights=weights_if_present,
        manifest=image_paths.MANIFEST,
    output:
        network=[f"{image_paths.FEATURES}/{name}" for name in backbone_plan.ONNX.network],
        description=f"{image_paths.FEATURES}/backbone.json",
    log:
        "results/logs/images/{dataset}/prepare_onnx_backbone_{backbone}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/prepare_onnx_backbone_{backbone}.tsv"
    wildcard_constraints:
        backbone=backbone_plan.constraint(config, backbone_plan.ONNX),
    conda:
        "../../envs/tensorflow.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory(4000),
    params:
        code=code("images/features/prepare_onnx_backbone.py"),
        network=section("images/{dataset}/backbones/{backbone}", *ONNX_KEYS),
        use=section("images/{dataset}/backbones/{backbone}", "passes", "precision"),
        path=weights_path,
    message:
        "Prepare the ONNX network {wildcards.backbone} for {wildcards.dataset} up to its output, and tell what storage costs"
    script:
        "../../workflow/scripts/images/features/prepare_onnx_backbone.py"


rule quantise_backbone:
    input:
        source=image_paths.SOURCE,
        manifest=image_paths.MANIFEST,
        network=network_of_backbone(backbone_plan.float_files),
        description=f"{image_paths.FEATURES}/backbone.json",
    output:
        graph=f"{image_paths.FEATURES}/backbone_int8.xml",
        weights=f"{image_paths.FEATURES}/backbone_int8.bin",
    log:
        "results/logs/images/{dataset}/quantise_backbone_{backbone}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/quantise_backbone_{backbone}.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory(3000),
        runtime=60,
    params:
        code=code("images/features/quantise_backbone.py"),
        seed=config["seed"],
    message:
        "Put {wildcards.backbone} for {wildcards.dataset} into eight bits, with ranges measured on labelled pictures"
    script:
        "../../workflow/scripts/images/features/quantise_backbone.py"


rule extract_features:
    input:
        source=image_paths.SOURCE,
        manifest=image_paths.MANIFEST,
        network=network_of_backbone(backbone_plan.network_files),
        description=f"{image_paths.FEATURES}/backbone.json",
        sweep=swept_amounts,
    output:
        shard=f"{image_paths.FEATURES}/{{part}}/shard_{{shard}}.h5",
    log:
        "results/logs/images/{dataset}/extract_features_{backbone}_{part}_{shard}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/extract_features_{backbone}_{part}_{shard}.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory(3000),
        runtime=240,
    params:
        code=code("images/features/extract_features.py"),
        backbone=section("images/{dataset}/backbones/{backbone}", "shards", "batch_size"),
        amounts=augmentation_amounts,
        seed=config["seed"],
    message:
        "Extract features of {wildcards.dataset} with {wildcards.backbone}: {wildcards.part}, shard {wildcards.shard}"
    script:
        "../../workflow/scripts/images/features/extract_features.py"


rule join_features:
    input:
        shards=shards_of(),
    output:
        store=f"{image_paths.FEATURES}/{{part}}.h5",
    log:
        "results/logs/images/{dataset}/join_features_{backbone}_{part}.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/features/join_features.py"),
    message:
        "Join the {wildcards.backbone} features of {wildcards.dataset} as one virtual data set: {wildcards.part}"
    script:
        "../../workflow/scripts/images/features/join_features.py"


for suffix, parts, sets in alike("images", clean_parts):

    rule:
        name:
            f"reduce_features{suffix}"
        input:
            stores=[f"{image_paths.FEATURES}/{part}.h5" for part in parts],
            shards=shards_of(*parts),
            description=f"{image_paths.FEATURES}/backbone.json",
        output:
            projection=f"{image_paths.REDUCED}/projection.h5",
            reduced=[f"{image_paths.REDUCED}/{part}.h5" for part in parts],
        log:
            "results/logs/images/{dataset}/reduce_features_{backbone}.log",
        benchmark:
            "results/benchmarks/images/{dataset}/reduce_features_{backbone}.tsv"
        wildcard_constraints:
            dataset=sets,
        conda:
            "../../envs/base.yaml"
        resources:
            mem_mb=memory(3500),
            runtime=180,
        params:
            code=code("images/features/reduce_features.py"),
            reduction=section("images/{dataset}/grid", "components", "look_alikes"),
            seed=config["seed"],
        message:
            "Reduce {wildcards.backbone} features of {wildcards.dataset} to their principal components, also without look-alikes"
        script:
            "../../workflow/scripts/images/features/reduce_features.py"


rule reduce_pass:
    input:
        store=f"{image_paths.FEATURES}/{{part}}.h5",
        shards=shards_of(),
        description=f"{image_paths.FEATURES}/backbone.json",
        projection=f"{image_paths.REDUCED}/projection.h5",
    output:
        reduced=f"{image_paths.REDUCED}/{{part}}.h5",
    log:
        "results/logs/images/{dataset}/reduce_pass_{backbone}_{part}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/reduce_pass_{backbone}_{part}.tsv"
    wildcard_constraints:
        part=r"(labelled|test)_pass[1-9]\d*",
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(2500),
        runtime=120,
    params:
        code=code("images/features/reduce_pass.py"),
        look_alikes=lookup(within=config, dpath="images/{dataset}/grid/look_alikes"),
    message:
        "Reduce {wildcards.backbone} features of changed pictures of {wildcards.dataset}: {wildcards.part}"
    script:
        "../../workflow/scripts/images/features/reduce_pass.py"


rule find_neighbours:
    input:
        **FOLDED,
    output:
        neighbours=f"{image_paths.REDUCED}/neighbours.h5",
    log:
        "results/logs/images/{dataset}/find_neighbours_{backbone}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/find_neighbours_{backbone}.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(1000),
    params:
        code=code("images/features/find_neighbours.py"),
        counts=lookup(within=config, dpath="images/{dataset}/chain/neighbours"),
    message:
        "Find the nearest pictures of each by {wildcards.backbone}, within its fold or among the test's, on {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/features/find_neighbours.py"
