"""Pseudo-labels by folds, against controls; a small network taught by a large one.

REQUIRED INPUTS: manifest.csv, splits/folds.csv, reduced/{backbone}, features/{backbone}
OUTPUTS: pseudo_labels: pictures.h5, fold_{fold}, scores.csv, progress.csv; models/pseudo_{pool};
    distillation
"""

for suffix, folds, sets in alike("images", pseudo_plan.folds):

    rule:
        name:
            f"prepare_pseudo_labels{suffix}"
        input:
            **BY_FOLDS,
            test=test_if_present("head", "reduced"),
        output:
            pictures=f"{image_paths.PSEUDO_LABELS}/pictures.h5",
            roles=of_each(f"{image_paths.FOLD}/roles.csv", fold=folds),
        log:
            "results/logs/images/{dataset}/prepare_pseudo_labels.log",
        benchmark:
            "results/benchmarks/images/{dataset}/prepare_pseudo_labels.tsv"
        wildcard_constraints:
            dataset=sets,
        conda:
            "../../envs/base.yaml"
        resources:
            mem_mb=memory(1500),
        params:
            code=code("images/pseudo_labels/prepare_pseudo_labels.py"),
            shown=section("images/{dataset}/pseudo_labels", "features", "components", "regions"),
            seed=config["seed"],
        message:
            "Put the features of {wildcards.dataset} into a file without labels, and the other folds' labels into one per fold"
        script:
            "../../workflow/scripts/images/pseudo_labels/prepare_pseudo_labels.py"


rule train_pseudo_start:
    input:
        pictures=f"{image_paths.PSEUDO_LABELS}/pictures.h5",
        roles=f"{image_paths.FOLD}/roles.csv",
    output:
        rounds=[f"{image_paths.FOLD}/round_0.h5", f"{image_paths.FOLD}/round_1.h5"],
    log:
        "results/logs/images/{dataset}/train_pseudo_start_{fold}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/train_pseudo_start_{fold}.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory(3000),
        runtime=180,
    params:
        **PSEUDO_SETTINGS,
        code=code("images/pseudo_labels/train_pseudo_start.py"),
        start=section("images/{dataset}/pseudo_labels", "schedule", "batch_size"),
        round=section("images/{dataset}/pseudo_labels", "round_schedule"),
    message:
        "Train the start and the first round of pseudo-labels on {wildcards.dataset}, fold {wildcards.fold}"
    script:
        "../../workflow/scripts/images/pseudo_labels/train_pseudo_start.py"


rule train_pseudo_round:
    input:
        pictures=f"{image_paths.PSEUDO_LABELS}/pictures.h5",
        roles=f"{image_paths.FOLD}/roles.csv",
        before=round_before,
    output:
        left=f"{image_paths.FOLD}/round_{{round}}.h5",
    log:
        "results/logs/images/{dataset}/train_pseudo_round_{fold}_{round}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/train_pseudo_round_{fold}_{round}.tsv"
    wildcard_constraints:
        round=r"[2-9]|[1-9]\d+",
    conda:
        "../../envs/tensorflow.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory(3000),
        runtime=120,
    params:
        **PSEUDO_SETTINGS,
        code=code("images/pseudo_labels/train_pseudo_round.py"),
        recipe=section("images/{dataset}/pseudo_labels", "round_schedule", "batch_size"),
    message:
        "Train round {wildcards.round} of pseudo-labels on {wildcards.dataset}, fold {wildcards.fold}, all settings and seeds"
    script:
        "../../workflow/scripts/images/pseudo_labels/train_pseudo_round.py"


rule score_pseudo_rounds:
    input:
        manifest=image_paths.MANIFEST,
        roles=lambda wildcards: pseudo_plan.fold_files(config, wildcards.dataset, "roles.csv"),
        rounds=lambda wildcards: pseudo_plan.round_files(config, wildcards.dataset),
        source=source_with_truth,
    output:
        scores=f"{image_paths.PSEUDO_LABELS}/scores.csv",
        progress=f"{image_paths.PSEUDO_LABELS}/progress.csv",
    log:
        "results/logs/images/{dataset}/score_pseudo_rounds.log",
    benchmark:
        "results/benchmarks/images/{dataset}/score_pseudo_rounds.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(500),
    params:
        code=code("images/pseudo_labels/score_pseudo_rounds.py"),
        settings=lambda wildcards: pseudo_plan.setting_records(config, wildcards.dataset),
        seed=config["seed"],
    message:
        "Score every setting and round of pseudo-labels on {wildcards.dataset} against the control"
    script:
        "../../workflow/scripts/images/pseudo_labels/score_pseudo_rounds.py"


for suffix, names, sets in alike("images", pseudo_plan.models):

    rule:
        name:
            f"join_pseudo_models{suffix}"
        input:
            manifest=image_paths.MANIFEST,
            roles=lambda wildcards: pseudo_plan.fold_files(config, wildcards.dataset, "roles.csv"),
            last=lambda wildcards: pseudo_plan.last_rounds(config, wildcards.dataset),
        output:
            **models_of(KINDS, *names),
        log:
            "results/logs/images/{dataset}/join_pseudo_models.log",
        wildcard_constraints:
            dataset=sets,
        localrule: True
        conda:
            "../../envs/base.yaml"
        params:
            code=code("images/pseudo_labels/join_pseudo_models.py"),
            names=names,
        message:
            "Join the heads of {wildcards.dataset} after the last round as models: one per pool, and the control"
        script:
            "../../workflow/scripts/images/pseudo_labels/join_pseudo_models.py"


rule distil:
    input:
        stores=lambda wildcards: [
            of_backbone("distillation", "features", "labelled.h5")(wildcards),
            *test_if_present("distillation", "features")(wildcards),
        ],
        shards=shards_of_all("distillation"),
        description=of_backbone("distillation", "features", "backbone.json"),
        pictures=f"{image_paths.PSEUDO_LABELS}/pictures.h5",
        manifest=image_paths.MANIFEST,
        roles=lambda wildcards: pseudo_plan.fold_files(config, wildcards.dataset, "roles.csv"),
        last=lambda wildcards: pseudo_plan.last_rounds(config, wildcards.dataset),
    output:
        predictions=of_each(f"{image_paths.DISTILLATION}/{{learner}}.csv", learner=LEARNERS),
        history=f"{image_paths.DISTILLATION}/history.csv",
        model=f"{image_paths.DISTILLATION}/pupil.keras",
        graph=f"{image_paths.DISTILLATION}/pupil.pb",
    log:
        "results/logs/images/{dataset}/distil.log",
    benchmark:
        "results/benchmarks/images/{dataset}/distil.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory_with_features(3000),
        runtime=240,
    params:
        code=code("images/pseudo_labels/distil.py"),
        learners=LEARNERS,
        head_width=lookup(within=config, dpath="images/{dataset}/pseudo_labels/width"),
        pupil=section("images/{dataset}/distillation", *PUPIL_KEYS),
        temperature=lookup(within=config, dpath="images/{dataset}/distillation/temperature"),
        recipe=section("images/{dataset}/distillation", "schedule", "batch_size"),
        memory_mb=lookup(within=config, dpath="images/{dataset}/head/memory_mb"),
        seed=config["seed"],
    message:
        "Teach a small network by folds on {wildcards.dataset}: true labels, and the teacher's soft ones of all pictures"
    script:
        "../../workflow/scripts/images/pseudo_labels/distil.py"
