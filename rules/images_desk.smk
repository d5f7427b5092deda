"""What a person takes to the desk: where the head looks, and a classifier in one file.

REQUIRED INPUTS: results/images/{dataset}/features/{backbone}/, heads/{backbone}/grouped/
OUTPUTS: results/images/{dataset}/explanations.html, classifier.keras, classifier.json
"""


rule explain_head:
    """Page: sure predictions, right and wrong, with what spoke for them (Grad-CAM)."""
    input:
        source="data/images/{dataset}/source.json",
        manifest="results/images/{dataset}/manifest.csv",
        store=of_backbone("head", "features", "labelled.h5"),
        shards=shards_read_by("head"),
        description=of_backbone("head", "features", "backbone.json"),
        model=of_backbone("head", "heads", "grouped/model.keras"),
        predictions=of_backbone("head", "heads", "grouped/predictions.csv"),
    output:
        page=report(
            "results/images/{dataset}/explanations.html",
            caption="../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "where the head looks"},
        ),
    log:
        "results/logs/images/{dataset}/explain_head.log",
    benchmark:
        "results/benchmarks/images/{dataset}/explain_head.tsv"
    conda:
        "../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(1500),
        runtime=30,
    params:
        code=code("explain_head.py"),
        of_drivers=lambda wildcards: ladder_plan.is_of_drivers(config, wildcards.dataset),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Explain sure predictions of {wildcards.dataset}"
    script:
        "../workflow/scripts/explain_head.py"


rule export_classifier:
    """Backbone and head in one portable model, with its preprocessing inside."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        backbone=of_backbone("head", "features", "backbone.keras"),
        head=of_backbone("head", "heads", "grouped/model.keras"),
    output:
        model="results/images/{dataset}/classifier.keras",
        description="results/images/{dataset}/classifier.json",
    log:
        "results/logs/images/{dataset}/export_classifier.log",
    localrule: True
    conda:
        "../envs/tensorflow.yaml"
    params:
        code=code("export_classifier.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Export the classifier of {wildcards.dataset}"
    script:
        "../workflow/scripts/export_classifier.py"
