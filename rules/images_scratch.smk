"""Networks from scratch on the full data: the rung before any pre-trained weight.

REQUIRED INPUTS: results/images/{dataset}/features/{backbone}/labelled.h5 of a backbone of pixels,
                 results/images/{dataset}/splits/grouped.csv, manifest.csv, augmentation/best.yaml
OUTPUTS: results/images/{dataset}/scratch/{network}/predictions.csv, history.csv, model.keras,
         metrics.json
"""


rule fit_scratch:
    """A convolutional network on all training pictures, of the epoch best on inner groups."""
    input:
        store=of_backbone("scratch", "features", "labelled.h5"),
        shards=shards_read_by("scratch"),
        description=of_backbone("scratch", "features", "backbone.json"),
        manifest="results/images/{dataset}/manifest.csv",
        split="results/images/{dataset}/splits/grouped.csv",
        best=lambda wildcards: scratch_plan.best_amounts(
            config, wildcards.dataset, wildcards.network
        ),
    output:
        predictions="results/images/{dataset}/scratch/{network}/predictions.csv",
        history="results/images/{dataset}/scratch/{network}/history.csv",
        model="results/images/{dataset}/scratch/{network}/model.keras",
    log:
        "results/logs/images/{dataset}/fit_scratch_{network}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/fit_scratch_{network}.tsv"
    conda:
        "../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory_with_features(1000),
        runtime=30,
    params:
        code=code("fit_scratch.py"),
        model=lookup(within=config, dpath="images/{dataset}/scratch/networks/{network}/model"),
        width=lookup(within=config, dpath="images/{dataset}/scratch/networks/{network}/width"),
        dropout=lookup(within=config, dpath="images/{dataset}/scratch/networks/{network}/dropout"),
        conv_dropout=lookup(
            within=config, dpath="images/{dataset}/scratch/networks/{network}/conv_dropout"
        ),
        halves=lookup(within=config, dpath="images/{dataset}/scratch/networks/{network}/halves"),
        schedule=lookup(within=config, dpath="images/{dataset}/scratch/schedule"),
        batch_size=lookup(within=config, dpath="images/{dataset}/scratch/batch_size"),
        memory_mb=lookup(within=config, dpath="images/{dataset}/head/memory_mb"),
        inner_share=lookup(within=config, dpath="images/{dataset}/head/inner_share"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Train {wildcards.network} from scratch on all of {wildcards.dataset}"
    script:
        "../workflow/scripts/fit_scratch.py"


rule score_scratch:
    """Log loss and accuracy of a network from scratch on unseen groups."""
    input:
        predictions="results/images/{dataset}/scratch/{network}/predictions.csv",
    output:
        metrics="results/images/{dataset}/scratch/{network}/metrics.json",
    log:
        "results/logs/images/{dataset}/score_scratch_{network}.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("score_classes.py"),
        model="{network}, from scratch on the full data",
        part="valid (grouped split)",
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score {wildcards.network} from scratch on {wildcards.dataset}"
    script:
        "../workflow/scripts/score_classes.py"
