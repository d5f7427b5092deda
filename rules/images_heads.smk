"""Dense heads on the stored features, their predictions and scores.

REQUIRED INPUTS: results/images/{dataset}/features/{backbone}/{labelled,test}.h5,
                 results/images/{dataset}/splits/{split}.csv
OUTPUTS: results/images/{dataset}/heads/{backbone}/{split}/model.keras, history.csv,
         predictions.csv, metrics.json, learning_curve.png, confusion_matrix.png
         results/images/{dataset}/heads/{backbone}/leak.json
"""


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
        "../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory_with_features(2500),
        runtime=120,
    params:
        code=code("fit_head.py"),
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
        "../workflow/scripts/fit_head.py"


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
        "../envs/base.yaml"
    params:
        code=code("score_classes.py"),
        model="head on {backbone}",
        part="valid ({split} split)",
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score the head on {wildcards.backbone} by the {wildcards.split} split of {wildcards.dataset}"
    script:
        "../workflow/scripts/score_classes.py"


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
        "../envs/base.yaml"
    params:
        code=code("measure_leak.py"),
        model="head on {backbone}",
        seed=lookup(within=config, dpath="seed"),
    message:
        "Measure the leak of the random split of {wildcards.dataset}"
    script:
        "../workflow/scripts/measure_leak.py"


rule plot_head_learning_curve:
    """Loss by epoch on trained and on inner rows."""
    input:
        history="results/images/{dataset}/heads/{backbone}/{split}/history.csv",
    output:
        plot=report(
            "results/images/{dataset}/heads/{backbone}/{split}/learning_curve.png",
            caption="../workflow/report/learning_curve.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "learning curve, {split} split"},
        ),
    log:
        "results/logs/images/{dataset}/plot_head_learning_curve_{backbone}_{split}.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("plot_learning_curve.py"),
        title="Head on {backbone}, {split} split",
        loss="log loss",
    message:
        "Draw the learning curve of the head by the {wildcards.split} split of {wildcards.dataset}"
    script:
        "../workflow/scripts/plot_learning_curve.py"


rule plot_confusion_matrix:
    """Which classes are taken for which."""
    input:
        predictions="results/images/{dataset}/heads/{backbone}/{split}/predictions.csv",
    output:
        plot=report(
            "results/images/{dataset}/heads/{backbone}/{split}/confusion_matrix.png",
            caption="../workflow/report/confusion_matrix.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "confusion matrix, {split} split"},
        ),
    log:
        "results/logs/images/{dataset}/plot_confusion_matrix_{backbone}_{split}.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("plot_confusion_matrix.py"),
        title="Head on {backbone}, {split} split",
    message:
        "Draw which classes the {wildcards.split} split's head takes for which on {wildcards.dataset}"
    script:
        "../workflow/scripts/plot_confusion_matrix.py"
