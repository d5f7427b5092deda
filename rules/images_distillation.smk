"""Distillation: a small network on the pictures themselves, taught by heads on a large one.

REQUIRED INPUTS: results/images/{dataset}/pseudo_labels/pictures.h5, fold_{fold}/ (the teacher),
                 results/images/{dataset}/features/{backbone}/{labelled,test}.h5 of its pixels
OUTPUTS: results/images/{dataset}/distillation/{teacher,pupil_true,pupil_distilled}.{csv,json},
         gain.json, history.csv, pupil.keras, pupil.pb, speed.csv
         results/images/{dataset}/pages/distillation.html
"""


rule distil:
    """The small network by folds: on true labels, and on the teacher's soft ones of all pictures."""
    input:
        stores=lambda wildcards: [
            of_backbone("distillation", "features", "labelled.h5")(wildcards),
            *test_if_present("distillation", "features")(wildcards),
        ],
        shards=shards_of_all("distillation"),
        description=of_backbone("distillation", "features", "backbone.json"),
        manifest="results/images/{dataset}/manifest.csv",
        pictures="results/images/{dataset}/pseudo_labels/pictures.h5",
        roles=lambda wildcards: pseudo_plan.fold_files(config, wildcards.dataset, "roles.csv"),
        last=lambda wildcards: pseudo_plan.last_rounds(config, wildcards.dataset),
    output:
        teacher="results/images/{dataset}/distillation/teacher.csv",
        pupil_true="results/images/{dataset}/distillation/pupil_true.csv",
        pupil_distilled="results/images/{dataset}/distillation/pupil_distilled.csv",
        history="results/images/{dataset}/distillation/history.csv",
        model="results/images/{dataset}/distillation/pupil.keras",
        graph="results/images/{dataset}/distillation/pupil.pb",
    log:
        "results/logs/images/{dataset}/distil.log",
    benchmark:
        "results/benchmarks/images/{dataset}/distil.tsv"
    conda:
        "../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory_with_features(3000),
        runtime=240,
    params:
        code=code("distil.py"),
        head_width=lookup(within=config, dpath="images/{dataset}/pseudo_labels/width"),
        model=lookup(within=config, dpath="images/{dataset}/distillation/model"),
        width=lookup(within=config, dpath="images/{dataset}/distillation/width"),
        dropout=lookup(within=config, dpath="images/{dataset}/distillation/dropout"),
        shrink=lookup(within=config, dpath="images/{dataset}/distillation/shrink"),
        temperature=lookup(within=config, dpath="images/{dataset}/distillation/temperature"),
        share=lookup(within=config, dpath="images/{dataset}/distillation/share"),
        schedule=lookup(within=config, dpath="images/{dataset}/distillation/schedule"),
        batch_size=lookup(within=config, dpath="images/{dataset}/distillation/batch_size"),
        memory_mb=lookup(within=config, dpath="images/{dataset}/head/memory_mb"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Teach a small network on the pictures of {wildcards.dataset}, by folds"
    script:
        "../workflow/scripts/distil.py"


rule score_distillation:
    """Log loss and accuracy of the teacher, of the pupil, or of the pupil's control."""
    input:
        predictions="results/images/{dataset}/distillation/{learner}.csv",
    output:
        metrics="results/images/{dataset}/distillation/{learner}.json",
    log:
        "results/logs/images/{dataset}/score_distillation_{learner}.log",
    wildcard_constraints:
        learner="teacher|pupil_true|pupil_distilled",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("score_classes.py"),
        model=lambda wildcards: model_plan.title(wildcards.learner),
        part="out of fold",
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score {wildcards.learner} on {wildcards.dataset}"
    script:
        "../workflow/scripts/score_classes.py"


rule measure_gain_of_distillation:
    """What the teacher's predictions give the pupil over true labels, on the same pictures."""
    input:
        technique="results/images/{dataset}/distillation/pupil_distilled.csv",
        control="results/images/{dataset}/distillation/pupil_true.csv",
    output:
        metrics="results/images/{dataset}/distillation/gain.json",
    log:
        "results/logs/images/{dataset}/measure_gain_of_distillation.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("score_gain.py"),
        model="small network",
        part="distilled minus true labels",
        seed=lookup(within=config, dpath="seed"),
    message:
        "Measure what the teacher gives the pupil on {wildcards.dataset}"
    script:
        "../workflow/scripts/score_gain.py"


rule time_models:
    """Pictures a second of the teacher's network and of the pupil, and their sizes."""
    input:
        model=of_backbone("head", "features", "backbone.keras"),
        graph=of_backbone("head", "features", "backbone.pb"),
        description=of_backbone("head", "features", "backbone.json"),
        pupil_model="results/images/{dataset}/distillation/pupil.keras",
        pupil_graph="results/images/{dataset}/distillation/pupil.pb",
        pupil_description=of_backbone("distillation", "features", "backbone.json"),
    output:
        speed="results/images/{dataset}/distillation/speed.csv",
    log:
        "results/logs/images/{dataset}/time_models.log",
    localrule: True
    conda:
        "../envs/tensorflow.yaml"
    params:
        code=code("time_models.py"),
    message:
        "Time the teacher's network and the pupil on {wildcards.dataset}"
    script:
        "../workflow/scripts/time_models.py"


rule answer_distillation:
    """Page: can a small network learn from a large one?"""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        metrics=expand(
            "results/images/{{dataset}}/distillation/{learner}.json",
            learner=["teacher", "pupil_true", "pupil_distilled"],
        ),
        gain="results/images/{dataset}/distillation/gain.json",
        speed="results/images/{dataset}/distillation/speed.csv",
    output:
        page=report(
            "results/images/{dataset}/pages/distillation.html",
            caption="../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "a small network taught by a large one"},
        ),
    log:
        "results/logs/images/{dataset}/answer_distillation.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("answer_distillation.py"),
        temperature=lookup(within=config, dpath="images/{dataset}/distillation/temperature"),
    message:
        "Write the page on distillation for {wildcards.dataset}"
    script:
        "../workflow/scripts/answer_distillation.py"
