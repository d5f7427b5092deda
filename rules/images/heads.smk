"""Heads by splits, and what is done to them: augmented passes, fine-tuning, networks from scratch."""


rule fit_head:
    """A head trained on one side of a split; its predictions of the other."""
    input:
        store="results/images/{dataset}/features/{backbone}/labelled.h5",
        shards=shards_of("labelled"),
        description="results/images/{dataset}/features/{backbone}/backbone.json",
        manifest="results/images/{dataset}/manifest.csv",
        split="results/images/{dataset}/splits/{split}.csv",
    output:
        model="results/images/{dataset}/heads/{backbone}/{split}/model.keras",
        history="results/images/{dataset}/heads/{backbone}/{split}/history.csv",
        predictions="results/images/{dataset}/heads/{backbone}/{split}/predictions.csv",
    log:
        "results/logs/images/{dataset}/fit_head_{backbone}_{split}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/fit_head_{backbone}_{split}.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory_with_features(2500),
        runtime=120,
    params:
        code=code("images/heads/fit_head.py"),
        width=lookup(within=config, dpath="images/{dataset}/head/width"),
        dropout=lookup(within=config, dpath="images/{dataset}/head/dropout"),
        schedule=lookup(within=config, dpath="images/{dataset}/head/schedule"),
        optimizer=lookup(within=config, dpath="images/{dataset}/head/optimizer"),
        batch_size=lookup(within=config, dpath="images/{dataset}/head/batch_size"),
        inner_share=lookup(within=config, dpath="images/{dataset}/head/inner_share"),
        memory_mb=lookup(within=config, dpath="images/{dataset}/head/memory_mb"),
        grouped=lambda wildcards: wildcards.split == "grouped",
        seed=lookup(within=config, dpath="seed"),
    message:
        "Train the head on {wildcards.backbone} features of {wildcards.dataset}, {wildcards.split} split"
    script:
        "../../workflow/scripts/images/heads/fit_head.py"


rule score_head:
    """Log loss and accuracy on the held-out side, with intervals over groups."""
    input:
        predictions="results/images/{dataset}/heads/{backbone}/{split}/predictions.csv",
    output:
        metrics="results/images/{dataset}/heads/{backbone}/{split}/metrics.json",
    log:
        "results/logs/images/{dataset}/score_head_{backbone}_{split}.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/heads/score_classes.py"),
        model="head on {backbone}",
        part="valid ({split} split)",
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score the head on {wildcards.backbone} by the {wildcards.split} split of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/heads/score_classes.py"


rule measure_leak:
    """What the random split promises beyond what the grouped one holds, for the same model."""
    input:
        grouped="results/images/{dataset}/heads/{backbone}/grouped/predictions.csv",
        random="results/images/{dataset}/heads/{backbone}/random/predictions.csv",
    output:
        metrics="results/images/{dataset}/heads/{backbone}/leak.json",
    log:
        "results/logs/images/{dataset}/measure_leak_{backbone}.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/heads/measure_leak.py"),
        model="head on {backbone}",
        seed=lookup(within=config, dpath="seed"),
    message:
        "Measure the leak of the random split of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/heads/measure_leak.py"


rule fit_augmented_head:
    """Two heads: on the clean and the augmented passes, and as many steps on the clean one alone."""
    input:
        stores=stores_of_passes,
        shards=shards_of_passes,
        description="results/images/{dataset}/features/{backbone}/backbone.json",
        manifest="results/images/{dataset}/manifest.csv",
        split="results/images/{dataset}/splits/grouped.csv",
    output:
        augmented="results/images/{dataset}/heads/{backbone}/passes/augmented.csv",
        clean="results/images/{dataset}/heads/{backbone}/passes/clean.csv",
        augmented_history="results/images/{dataset}/heads/{backbone}/passes/augmented_history.csv",
        clean_history="results/images/{dataset}/heads/{backbone}/passes/clean_history.csv",
    log:
        "results/logs/images/{dataset}/fit_augmented_head_{backbone}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/fit_augmented_head_{backbone}.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory_with_features(5000),
        runtime=120,
    params:
        code=code("images/heads/fit_augmented_head.py"),
        width=lookup(within=config, dpath="images/{dataset}/head/width"),
        dropout=lookup(within=config, dpath="images/{dataset}/head/dropout"),
        schedule=lookup(within=config, dpath="images/{dataset}/head/schedule"),
        optimizer=lookup(within=config, dpath="images/{dataset}/head/optimizer"),
        batch_size=lookup(within=config, dpath="images/{dataset}/head/batch_size"),
        inner_share=lookup(within=config, dpath="images/{dataset}/head/inner_share"),
        memory_mb=lookup(within=config, dpath="images/{dataset}/head/memory_mb"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Train heads on augmented passes of {wildcards.backbone}, and the clean control, for {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/heads/fit_augmented_head.py"


rule score_augmented_head:
    """Log loss and accuracy of the head on augmented passes, or of its clean control."""
    input:
        predictions="results/images/{dataset}/heads/{backbone}/passes/{training}.csv",
    output:
        metrics="results/images/{dataset}/heads/{backbone}/passes/{training}.json",
    log:
        "results/logs/images/{dataset}/score_augmented_head_{backbone}_{training}.log",
    wildcard_constraints:
        training="augmented|clean",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/heads/score_classes.py"),
        model=lambda wildcards: {
            "augmented": f"head on {wildcards.backbone}, clean and augmented passes",
            "clean": f"head on {wildcards.backbone}, as many steps on the clean pass",
        }[wildcards.training],
        part="valid (grouped split)",
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score the {wildcards.training} head on passes of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/heads/score_classes.py"


rule measure_gain_of_passes:
    """What augmented passes gain over the clean control, on the same pictures."""
    input:
        technique="results/images/{dataset}/heads/{backbone}/passes/augmented.csv",
        control="results/images/{dataset}/heads/{backbone}/passes/clean.csv",
    output:
        metrics="results/images/{dataset}/heads/{backbone}/passes/gain.json",
    log:
        "results/logs/images/{dataset}/measure_gain_of_passes_{backbone}.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/heads/score_gain.py"),
        model="head on {backbone}",
        part="augmented minus clean passes",
        seed=lookup(within=config, dpath="seed"),
    message:
        "Measure what augmented passes gain on {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/heads/score_gain.py"


rule fine_tune:
    """The last convolutions frozen, trained, and trained with batch norm put behind them."""
    input:
        weights=weights_if_present,
        store="results/images/{dataset}/features/{backbone}/labelled.h5",
        shards=shards_of("labelled"),
        description="results/images/{dataset}/features/{backbone}/backbone.json",
        manifest="results/images/{dataset}/manifest.csv",
        split="results/images/{dataset}/splits/grouped.csv",
    output:
        frozen="results/images/{dataset}/fine_tuning/{backbone}/frozen.csv",
        tuned="results/images/{dataset}/fine_tuning/{backbone}/tuned.csv",
        batch_norm="results/images/{dataset}/fine_tuning/{backbone}/batch_norm.csv",
        history="results/images/{dataset}/fine_tuning/{backbone}/history.csv",
    log:
        "results/logs/images/{dataset}/fine_tune_{backbone}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/fine_tune_{backbone}.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory_with_features(3000),
        runtime=30,
    params:
        code=code("images/heads/fine_tune.py"),
        application=lookup(within=config, dpath="images/{dataset}/backbones/{backbone}/application"),
        weights=lookup(within=config, dpath="images/{dataset}/backbones/{backbone}/weights"),
        weights_file=weights_path,
        alpha=lookup(within=config, dpath="images/{dataset}/backbones/{backbone}/alpha"),
        input_size=lookup(within=config, dpath="images/{dataset}/backbones/{backbone}/input_size"),
        until=lookup(within=config, dpath="images/{dataset}/fine_tuning/until"),
        schedule=lookup(within=config, dpath="images/{dataset}/fine_tuning/schedule"),
        width=lookup(within=config, dpath="images/{dataset}/head/width"),
        dropout=lookup(within=config, dpath="images/{dataset}/head/dropout"),
        head_schedule=lookup(within=config, dpath="images/{dataset}/head/schedule"),
        optimizer=lookup(within=config, dpath="images/{dataset}/head/optimizer"),
        batch_size=lookup(within=config, dpath="images/{dataset}/head/batch_size"),
        inner_share=lookup(within=config, dpath="images/{dataset}/head/inner_share"),
        memory_mb=lookup(within=config, dpath="images/{dataset}/head/memory_mb"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Fine-tune the last convolutions of {wildcards.backbone} on {wildcards.dataset}, against frozen ones"
    script:
        "../../workflow/scripts/images/heads/fine_tune.py"


rule score_fine_tuning:
    """Log loss and accuracy of one way to treat the last convolutions."""
    input:
        predictions="results/images/{dataset}/fine_tuning/{backbone}/{variant}.csv",
    output:
        metrics="results/images/{dataset}/fine_tuning/{backbone}/{variant}.json",
    log:
        "results/logs/images/{dataset}/score_fine_tuning_{backbone}_{variant}.log",
    wildcard_constraints:
        variant="frozen|tuned|batch_norm",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/heads/score_classes.py"),
        model=lambda wildcards: {
            "frozen": f"{wildcards.backbone}, last convolutions frozen",
            "tuned": f"{wildcards.backbone}, last convolutions trained",
            "batch_norm": f"{wildcards.backbone}, last convolutions trained with batch norm",
        }[wildcards.variant],
        part="valid (grouped split)",
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score the last convolutions of {wildcards.backbone}, {wildcards.variant}, on {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/heads/score_classes.py"


rule measure_gain_of_fine_tuning:
    """What training the last convolutions gains over freezing them, on the same pictures."""
    input:
        technique="results/images/{dataset}/fine_tuning/{backbone}/{variant}.csv",
        control="results/images/{dataset}/fine_tuning/{backbone}/frozen.csv",
    output:
        metrics="results/images/{dataset}/fine_tuning/{backbone}/{variant}_gain.json",
    log:
        "results/logs/images/{dataset}/measure_gain_of_fine_tuning_{backbone}_{variant}.log",
    wildcard_constraints:
        variant="tuned|batch_norm",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/heads/score_gain.py"),
        model="fine-tuned {backbone}",
        part="{variant} minus frozen",
        seed=lookup(within=config, dpath="seed"),
    message:
        "Measure what fine-tuning {wildcards.backbone} gains on {wildcards.dataset}, {wildcards.variant}"
    script:
        "../../workflow/scripts/images/heads/score_gain.py"


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
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory_with_features(1000),
        runtime=30,
    params:
        code=code("images/heads/fit_scratch.py"),
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
        "../../workflow/scripts/images/heads/fit_scratch.py"


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
        "../../envs/base.yaml"
    params:
        code=code("images/heads/score_classes.py"),
        model="{network}, from scratch on the full data",
        part="valid (grouped split)",
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score {wildcards.network} from scratch on {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/heads/score_classes.py"
