"""Pseudo-labels by folds, against controls; a small network taught by a large one."""


rule write_pseudo_pictures:
    """Features of all pictures in one file that knows no label."""
    input:
        labelled=of_backbone("head", "reduced", "labelled.h5"),
        test=test_if_present("head", "reduced"),
    output:
        pictures="results/images/{dataset}/pseudo_labels/pictures.h5",
    log:
        "results/logs/images/{dataset}/write_pseudo_pictures.log",
    benchmark:
        "results/benchmarks/images/{dataset}/write_pseudo_pictures.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(1500),
        runtime=30,
    params:
        code=code("images/pseudo_labels/write_pseudo_pictures.py"),
        features=lookup(within=config, dpath="images/{dataset}/pseudo_labels/features"),
        components=lookup(within=config, dpath="images/{dataset}/pseudo_labels/components"),
        regions=lookup(within=config, dpath="images/{dataset}/pseudo_labels/regions"),
    message:
        "Write the features of {wildcards.dataset} for the pseudo-labels, without a label"
    script:
        "../../workflow/scripts/images/pseudo_labels/write_pseudo_pictures.py"


rule deal_pseudo_roles:
    """The labels of the other folds, and which half of this fold's drivers may be a pool."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        folds="results/images/{dataset}/splits/folds.csv",
    output:
        roles="results/images/{dataset}/pseudo_labels/fold_{fold}/roles.csv",
    log:
        "results/logs/images/{dataset}/deal_pseudo_roles_{fold}.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pseudo_labels/deal_pseudo_roles.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Deal the roles of fold {wildcards.fold} of {wildcards.dataset} for the pseudo-labels"
    script:
        "../../workflow/scripts/images/pseudo_labels/deal_pseudo_roles.py"


rule train_pseudo_round:
    """All settings and seeds of one round and fold, each from where the round before left it."""
    input:
        pictures="results/images/{dataset}/pseudo_labels/pictures.h5",
        roles="results/images/{dataset}/pseudo_labels/fold_{fold}/roles.csv",
        before=round_before,
    output:
        left="results/images/{dataset}/pseudo_labels/fold_{fold}/round_{round}.h5",
    log:
        "results/logs/images/{dataset}/train_pseudo_round_{fold}_{round}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/train_pseudo_round_{fold}_{round}.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(3000),
        runtime=120,
    params:
        code=code("images/pseudo_labels/train_pseudo_round.py"),
        settings=lambda wildcards: (
            pseudo_plan.setting_records(config, wildcards.dataset) if int(wildcards.round) else []
        ),
        seeds=lookup(within=config, dpath="images/{dataset}/pseudo_labels/seeds"),
        width=lookup(within=config, dpath="images/{dataset}/pseudo_labels/width"),
        dropout=lookup(within=config, dpath="images/{dataset}/pseudo_labels/dropout"),
        schedule=lambda wildcards: pseudo_plan.schedule(
            config, wildcards.dataset, int(wildcards.round)
        ),
        batch_size=lookup(within=config, dpath="images/{dataset}/pseudo_labels/batch_size"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Train round {wildcards.round} of pseudo-labels on {wildcards.dataset}, fold {wildcards.fold}"
    script:
        "../../workflow/scripts/images/pseudo_labels/train_pseudo_round.py"


rule score_pseudo_rounds:
    """Every setting and round against the control, and how the pseudo-labels changed."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        roles=lambda wildcards: pseudo_plan.fold_files(config, wildcards.dataset, "roles.csv"),
        rounds=lambda wildcards: pseudo_plan.round_files(config, wildcards.dataset),
        source=source_with_truth,
    output:
        scores="results/images/{dataset}/pseudo_labels/scores.csv",
        progress="results/images/{dataset}/pseudo_labels/progress.csv",
    log:
        "results/logs/images/{dataset}/score_pseudo_rounds.log",
    benchmark:
        "results/benchmarks/images/{dataset}/score_pseudo_rounds.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(500),
        runtime=30,
    params:
        code=code("images/pseudo_labels/score_pseudo_rounds.py"),
        settings=lambda wildcards: pseudo_plan.setting_records(config, wildcards.dataset),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score the rounds of pseudo-labels on {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pseudo_labels/score_pseudo_rounds.py"


rule join_pseudo_model:
    """A pool's heads after the last round, or the control's, as a model among the others."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        roles=lambda wildcards: pseudo_plan.fold_files(config, wildcards.dataset, "roles.csv"),
        last=lambda wildcards: pseudo_plan.last_rounds(config, wildcards.dataset),
    output:
        out_of_fold="results/images/{dataset}/models/pseudo_{pool}/out_of_fold.csv",
        first_seed="results/images/{dataset}/models/pseudo_{pool}/first_seed.csv",
        test="results/images/{dataset}/models/pseudo_{pool}/test.csv",
    log:
        "results/logs/images/{dataset}/models/pseudo_{pool}.log",
    wildcard_constraints:
        pool="none|valid|test|both",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pseudo_labels/join_pseudo_model.py"),
    message:
        "Join the heads of {wildcards.dataset} after pseudo-labels of the pool {wildcards.pool}"
    script:
        "../../workflow/scripts/images/pseudo_labels/join_pseudo_model.py"


rule score_pseudo_gain:
    """What a pool's pseudo-labels give over the control, on one part of the held-out pictures."""
    input:
        technique="results/images/{dataset}/models/pseudo_{pool}/out_of_fold.csv",
        control="results/images/{dataset}/models/pseudo_none/out_of_fold.csv",
        roles=lambda wildcards: pseudo_plan.fold_files(config, wildcards.dataset, "roles.csv"),
    output:
        metrics="results/images/{dataset}/pseudo_labels/gain_{pool}_{part}.json",
    log:
        "results/logs/images/{dataset}/score_pseudo_gain_{pool}_{part}.log",
    wildcard_constraints:
        pool="valid|test|both",
        part="pool|untouched|held_out",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pseudo_labels/score_pseudo_gain.py"),
        model=lambda wildcards: model_plan.title(f"pseudo_{wildcards.pool}"),
        part=lambda wildcards: f"minus control, {pseudo_plan.PART_WORDS[wildcards.part]}",
        seed=lookup(within=config, dpath="seed"),
    message:
        "Measure what pseudo-labels of the pool {wildcards.pool} give on {wildcards.part} pictures of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pseudo_labels/score_pseudo_gain.py"


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
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory_with_features(3000),
        runtime=240,
    params:
        code=code("images/pseudo_labels/distil.py"),
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
        "../../workflow/scripts/images/pseudo_labels/distil.py"


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
        "../../envs/base.yaml"
    params:
        code=code("images/heads/score_classes.py"),
        model=lambda wildcards: model_plan.title(wildcards.learner),
        part="out of fold",
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score {wildcards.learner} on {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/heads/score_classes.py"


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
        "../../envs/base.yaml"
    params:
        code=code("images/heads/score_gain.py"),
        model="small network",
        part="distilled minus true labels",
        seed=lookup(within=config, dpath="seed"),
    message:
        "Measure what the teacher gives the pupil on {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/heads/score_gain.py"


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
        "../../envs/tensorflow.yaml"
    params:
        code=code("images/pseudo_labels/time_models.py"),
    message:
        "Time the teacher's network and the pupil on {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pseudo_labels/time_models.py"
