"""Heads by splits, and what is done to them: augmented passes, fine-tuning, networks from scratch.

REQUIRED INPUTS: features/{backbone}, manifest.csv, splits/grouped.csv and random.csv
OUTPUTS: heads/{backbone}, fine_tuning/{backbone}, scratch/{network}: predictions, histories, models
"""


rule fit_head:
    input:
        **STORED,
        splits=[f"{image_paths.RESULTS}/splits/{split}.csv" for split in SPLITS],
    output:
        models=[f"{image_paths.HEAD}/{split}/model.keras" for split in SPLITS],
        histories=[f"{image_paths.HEAD}/{split}/history.csv" for split in SPLITS],
        predictions=[f"{image_paths.HEAD}/{split}/predictions.csv" for split in SPLITS],
    log:
        "results/logs/images/{dataset}/fit_head_{backbone}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/fit_head_{backbone}.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory_with_features(2500),
        runtime=240,
    params:
        **HEAD_SETTINGS,
        code=code("images/heads/fit_head.py"),
        by_group=[split == "grouped" for split in SPLITS],
    message:
        "Train the head on {wildcards.backbone} features of {wildcards.dataset} by both splits"
    script:
        "../../workflow/scripts/images/heads/fit_head.py"


rule fit_augmented_head:
    input:
        stores=stores_of_passes,
        shards=shards_of_passes,
        description=f"{image_paths.FEATURES}/backbone.json",
        manifest=image_paths.MANIFEST,
        split=image_paths.GROUPED,
    output:
        augmented=f"{image_paths.PASSES}/augmented.csv",
        clean=f"{image_paths.PASSES}/clean.csv",
        augmented_history=f"{image_paths.PASSES}/augmented_history.csv",
        clean_history=f"{image_paths.PASSES}/clean_history.csv",
    log:
        "results/logs/images/{dataset}/fit_augmented_head_{backbone}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/fit_augmented_head_{backbone}.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory_with_features(5000),
        runtime=120,
    params:
        **HEAD_SETTINGS,
        code=code("images/heads/fit_augmented_head.py"),
    message:
        "Train a head on clean and augmented passes of {wildcards.dataset}, and as many steps on the clean pass alone"
    script:
        "../../workflow/scripts/images/heads/fit_augmented_head.py"


rule fine_tune:
    input:
        **STORED,
        weights=weights_if_present,
        split=image_paths.GROUPED,
    output:
        frozen=f"{image_paths.FINE_TUNING}/frozen.csv",
        tuned=f"{image_paths.FINE_TUNING}/tuned.csv",
        batch_norm=f"{image_paths.FINE_TUNING}/batch_norm.csv",
        history=f"{image_paths.FINE_TUNING}/history.csv",
    log:
        "results/logs/images/{dataset}/fine_tune_{backbone}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/fine_tune_{backbone}.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory_with_features(3000),
    params:
        **HEAD_SETTINGS,
        code=code("images/heads/fine_tune.py"),
        network=section("images/{dataset}/backbones/{backbone}", *BUILD_KEYS),
        weights_file=weights_path,
        tuning=section("images/{dataset}/fine_tuning", "until", "schedule"),
    message:
        "Fine-tune the last convolutions of {wildcards.backbone} on {wildcards.dataset}, with and without batch norm, against frozen ones"
    script:
        "../../workflow/scripts/images/heads/fine_tune.py"


for suffix, networks, sets in alike("images", scratch_plan.networks):

    rule:
        name:
            f"fit_scratch{suffix}"
        input:
            store=of_backbone("scratch", "features", "labelled.h5"),
            shards=shards_read_by("scratch"),
            description=of_backbone("scratch", "features", "backbone.json"),
            manifest=image_paths.MANIFEST,
            split=image_paths.GROUPED,
            best=lambda wildcards: scratch_plan.best_amounts(config, wildcards.dataset),
        output:
            predictions=of_each(f"{image_paths.SCRATCH}/predictions.csv", network=networks),
            histories=of_each(f"{image_paths.SCRATCH}/history.csv", network=networks),
            models=of_each(f"{image_paths.SCRATCH}/model.keras", network=networks),
        log:
            "results/logs/images/{dataset}/fit_scratch.log",
        benchmark:
            "results/benchmarks/images/{dataset}/fit_scratch.tsv"
        wildcard_constraints:
            dataset=sets,
        conda:
            "../../envs/tensorflow.yaml"
        threads: config["threads"]
        resources:
            mem_mb=memory_with_features(1000),
            runtime=120,
        params:
            code=code("images/heads/fit_scratch.py"),
            networks=section("images/{dataset}/scratch/networks"),
            recipe=section("images/{dataset}/scratch", "schedule", "batch_size"),
            head=section("images/{dataset}/head", "memory_mb", "inner_share"),
            seed=config["seed"],
        message:
            "Train networks from scratch on all pictures of {wildcards.dataset}"
        script:
            "../../workflow/scripts/images/heads/fit_scratch.py"
