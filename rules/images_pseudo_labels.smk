"""Pseudo-labels: rounds of training on true and predicted labels, by folds, against controls.

The jobs of a round read pictures without labels and the labels of the other folds alone, so the
labels of the drivers that they predict are out of their reach.

REQUIRED INPUTS: results/images/{dataset}/reduced/{backbone}/{labelled,test}.h5,
                 results/images/{dataset}/splits/folds.csv, manifest.csv
OUTPUTS: results/images/{dataset}/pseudo_labels/pictures.h5, fold_{fold}/{roles.csv,round_{round}.h5}
         results/images/{dataset}/pseudo_labels/{scores,progress}.csv, gain_{pool}_{part}.json
         results/images/{dataset}/models/pseudo_{pool}/{out_of_fold,first_seed,test}.csv
         results/images/{dataset}/pages/pseudo_labels.html, results/images/two_moons.png
"""


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
        "../envs/base.yaml"
    resources:
        mem_mb=memory(1500),
        runtime=30,
    params:
        code=code("write_pseudo_pictures.py"),
        features=lookup(within=config, dpath="images/{dataset}/pseudo_labels/features"),
        components=lookup(within=config, dpath="images/{dataset}/pseudo_labels/components"),
        regions=lookup(within=config, dpath="images/{dataset}/pseudo_labels/regions"),
    message:
        "Write the features of {wildcards.dataset} for the pseudo-labels, without a label"
    script:
        "../workflow/scripts/write_pseudo_pictures.py"


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
        "../envs/base.yaml"
    params:
        code=code("deal_pseudo_roles.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Deal the roles of fold {wildcards.fold} of {wildcards.dataset} for the pseudo-labels"
    script:
        "../workflow/scripts/deal_pseudo_roles.py"


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
        "../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(3000),
        runtime=120,
    params:
        code=code("train_pseudo_round.py"),
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
        "../workflow/scripts/train_pseudo_round.py"


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
        "../envs/base.yaml"
    resources:
        mem_mb=memory(500),
        runtime=30,
    params:
        code=code("score_pseudo_rounds.py"),
        settings=lambda wildcards: pseudo_plan.setting_records(config, wildcards.dataset),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score the rounds of pseudo-labels on {wildcards.dataset}"
    script:
        "../workflow/scripts/score_pseudo_rounds.py"


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
        "../envs/base.yaml"
    params:
        code=code("join_pseudo_model.py"),
    message:
        "Join the heads of {wildcards.dataset} after pseudo-labels of the pool {wildcards.pool}"
    script:
        "../workflow/scripts/join_pseudo_model.py"


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
        "../envs/base.yaml"
    params:
        code=code("score_pseudo_gain.py"),
        model=lambda wildcards: model_plan.title(f"pseudo_{wildcards.pool}"),
        part=lambda wildcards: f"minus control, {pseudo_plan.PART_WORDS[wildcards.part]}",
        seed=lookup(within=config, dpath="seed"),
    message:
        "Measure what pseudo-labels of the pool {wildcards.pool} give on {wildcards.part} pictures of {wildcards.dataset}"
    script:
        "../workflow/scripts/score_pseudo_gain.py"


rule answer_pseudo_labels:
    """Page: do pseudo-labels help, beyond the same epochs without them?"""
    input:
        scores="results/images/{dataset}/pseudo_labels/scores.csv",
        progress="results/images/{dataset}/pseudo_labels/progress.csv",
    output:
        page=report(
            "results/images/{dataset}/pages/pseudo_labels.html",
            caption="../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "pseudo-labels, round by round"},
        ),
    log:
        "results/logs/images/{dataset}/answer_pseudo_labels.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("answer_pseudo_labels.py"),
        settings=lambda wildcards: pseudo_plan.setting_records(config, wildcards.dataset),
    message:
        "Write the page on pseudo-labels for {wildcards.dataset}"
    script:
        "../workflow/scripts/answer_pseudo_labels.py"


rule draw_two_moons:
    """Why pseudo-labels can work: two labelled points among many, round by round."""
    output:
        plot=report(
            "results/images/two_moons.png",
            caption="../workflow/report/two_moons.rst",
            category="1 Images",
            labels={"what": "why pseudo-labels can work"},
        ),
    log:
        "results/logs/images/draw_two_moons.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("draw_two_moons.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Draw why pseudo-labels can work"
    script:
        "../workflow/scripts/draw_two_moons.py"
