"""The augmentation sweep on the sample, its choice, and the test of the choice on unseen groups.

REQUIRED INPUTS: results/images/{dataset}/sample/images.h5
OUTPUTS: results/images/{dataset}/augmentation/sweep/{augmentation}.csv
         results/images/{dataset}/augmentation/levels.yaml, evidence.csv, together.csv,
         evidence_together.csv, best.yaml
         results/images/{dataset}/augmentation/combination/runs.csv, history.csv
         results/images/{dataset}/augmentation/none.json, augmented.json, gain.json
         results/images/{dataset}/augmentation/contact_sheet.png, sweep.html, gain.html
"""


rule sweep_augmentation:
    """One type of augmentation at all its levels, each driver scored by models that never saw him."""
    input:
        pictures="results/images/{dataset}/sample/images.h5",
    output:
        runs="results/images/{dataset}/augmentation/sweep/{augmentation}.csv",
    log:
        "results/logs/images/{dataset}/sweep_augmentation_{augmentation}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/sweep_augmentation_{augmentation}.tsv"
    wildcard_constraints:
        augmentation=one_of([*sample_plan.TYPES, sample_plan.NONE]),
    conda:
        "../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2000),
        runtime=30,
    params:
        code=code("sweep_augmentation.py"),
        levels=lambda wildcards: sample_plan.levels_of(
            config, wildcards.dataset, wildcards.augmentation
        ),
        shrink=lookup(within=config, dpath="images/{dataset}/augmentation/shrink"),
        folds=lookup(within=config, dpath="images/{dataset}/augmentation/folds"),
        repeats=lookup(within=config, dpath="images/{dataset}/augmentation/repeats"),
        schedule=lookup(within=config, dpath="images/{dataset}/augmentation/schedule"),
        batch_size=lookup(within=config, dpath="images/{dataset}/sample/batch_size"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Sweep augmentation of {wildcards.dataset}: {wildcards.augmentation}"
    script:
        "../workflow/scripts/sweep_augmentation.py"


rule choose_levels:
    """Of each type the level that gains most, if it beats no augmentation outside the noise."""
    input:
        none="results/images/{dataset}/augmentation/sweep/none.csv",
        types=lambda wildcards: sample_plan.sweeps(config, wildcards.dataset),
    output:
        evidence="results/images/{dataset}/augmentation/evidence.csv",
        levels="results/images/{dataset}/augmentation/levels.yaml",
    log:
        "results/logs/images/{dataset}/choose_levels.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("choose_levels.py"),
        types=lambda wildcards: sample_plan.swept_types(config, wildcards.dataset),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Choose the level of each type of augmentation for {wildcards.dataset}"
    script:
        "../workflow/scripts/choose_levels.py"


rule sweep_together:
    """The chosen levels together, all multiplied by each of several strengths."""
    input:
        pictures="results/images/{dataset}/sample/images.h5",
        levels="results/images/{dataset}/augmentation/levels.yaml",
    output:
        runs="results/images/{dataset}/augmentation/together.csv",
    log:
        "results/logs/images/{dataset}/sweep_together.log",
    benchmark:
        "results/benchmarks/images/{dataset}/sweep_together.tsv"
    conda:
        "../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(1500),
        runtime=30,
    params:
        code=code("sweep_together.py"),
        strengths=lookup(within=config, dpath="images/{dataset}/augmentation/strengths"),
        shrink=lookup(within=config, dpath="images/{dataset}/augmentation/shrink"),
        folds=lookup(within=config, dpath="images/{dataset}/augmentation/folds"),
        repeats=lookup(within=config, dpath="images/{dataset}/augmentation/repeats"),
        schedule=lookup(within=config, dpath="images/{dataset}/augmentation/schedule"),
        batch_size=lookup(within=config, dpath="images/{dataset}/sample/batch_size"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Sweep augmentation of {wildcards.dataset}: the chosen levels together"
    script:
        "../workflow/scripts/sweep_together.py"


rule choose_strength:
    """The strength at which the chosen levels gain most together, with the evidence."""
    input:
        none="results/images/{dataset}/augmentation/sweep/none.csv",
        together="results/images/{dataset}/augmentation/together.csv",
        levels="results/images/{dataset}/augmentation/levels.yaml",
    output:
        evidence="results/images/{dataset}/augmentation/evidence_together.csv",
        best="results/images/{dataset}/augmentation/best.yaml",
    log:
        "results/logs/images/{dataset}/choose_strength.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("choose_strength.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Choose how strongly the augmentation of {wildcards.dataset} is used"
    script:
        "../workflow/scripts/choose_strength.py"


rule combine_augmentation:
    """The chosen levels together at falling rates, and the same budget without them."""
    input:
        pictures="results/images/{dataset}/sample/images.h5",
        best="results/images/{dataset}/augmentation/best.yaml",
    output:
        runs="results/images/{dataset}/augmentation/combination/runs.csv",
        history="results/images/{dataset}/augmentation/combination/history.csv",
    log:
        "results/logs/images/{dataset}/combine_augmentation.log",
    benchmark:
        "results/benchmarks/images/{dataset}/combine_augmentation.tsv"
    conda:
        "../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2000),
        runtime=120,
    params:
        code=code("combine_augmentation.py"),
        schedule=lookup(within=config, dpath="images/{dataset}/augmentation/combination_schedule"),
        batch_size=lookup(within=config, dpath="images/{dataset}/sample/batch_size"),
        inner_share=lookup(within=config, dpath="images/{dataset}/sample/inner_share"),
        seeds=lookup(within=config, dpath="images/{dataset}/sample/seeds"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Train conv1 on {wildcards.dataset} with and without the swept augmentation"
    script:
        "../workflow/scripts/combine_augmentation.py"


rule score_augmentation:
    """Scores with and without augmentation on drivers that nothing was chosen on."""
    input:
        runs="results/images/{dataset}/augmentation/combination/runs.csv",
    output:
        none="results/images/{dataset}/augmentation/none.json",
        augmented="results/images/{dataset}/augmentation/augmented.json",
        gain="results/images/{dataset}/augmentation/gain.json",
    log:
        "results/logs/images/{dataset}/score_augmentation.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("score_augmentation.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score training with and without augmentation on {wildcards.dataset}"
    script:
        "../workflow/scripts/score_augmentation.py"


rule draw_contact_sheet:
    """Each type of augmentation at each level on a picture of the sample."""
    input:
        pictures="results/images/{dataset}/sample/images.h5",
    output:
        plot=report(
            "results/images/{dataset}/augmentation/contact_sheet.png",
            caption="../workflow/report/contact_sheet.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "augmentation: contact sheet"},
        ),
    log:
        "results/logs/images/{dataset}/draw_contact_sheet.log",
    benchmark:
        "results/benchmarks/images/{dataset}/draw_contact_sheet.tsv"
    conda:
        "../envs/tensorflow.yaml"
    resources:
        mem_mb=memory(1500),
        runtime=30,
    params:
        code=code("draw_contact_sheet.py"),
        types=lambda wildcards: sample_plan.swept_types(config, wildcards.dataset),
        levels=lambda wildcards: [
            sample_plan.levels_of(config, wildcards.dataset, name)
            for name in sample_plan.swept_types(config, wildcards.dataset)
        ],
    message:
        "Draw the augmentations of a picture of {wildcards.dataset}"
    script:
        "../workflow/scripts/draw_contact_sheet.py"


rule answer_sweep:
    """Page: the gain of each type against its level, with intervals and seconds a setting."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        evidence="results/images/{dataset}/augmentation/evidence.csv",
        together="results/images/{dataset}/augmentation/evidence_together.csv",
    output:
        page=report(
            "results/images/{dataset}/augmentation/sweep.html",
            caption="../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "augmentation: sweep"},
        ),
    log:
        "results/logs/images/{dataset}/answer_sweep.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("answer_sweep.py"),
        types=lambda wildcards: sample_plan.swept_types(config, wildcards.dataset),
        benchmarks=lambda wildcards: [
            f"results/benchmarks/images/{wildcards.dataset}/sweep_augmentation_{name}.tsv"
            for name in sample_plan.swept_types(config, wildcards.dataset)
        ],
        benchmark_together="results/benchmarks/images/{dataset}/sweep_together.tsv",
    message:
        "Write the page on the augmentation sweep of {wildcards.dataset}"
    script:
        "../workflow/scripts/answer_sweep.py"


rule answer_augmentation:
    """Page: the swept augmentation against none at the same budget."""
    input:
        history="results/images/{dataset}/augmentation/combination/history.csv",
        best="results/images/{dataset}/augmentation/best.yaml",
        none="results/images/{dataset}/augmentation/none.json",
        augmented="results/images/{dataset}/augmentation/augmented.json",
        gain="results/images/{dataset}/augmentation/gain.json",
    output:
        page=report(
            "results/images/{dataset}/augmentation/gain.html",
            caption="../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "augmentation: against none"},
        ),
    log:
        "results/logs/images/{dataset}/answer_augmentation.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("answer_augmentation.py"),
    message:
        "Write the page on augmentation for {wildcards.dataset}"
    script:
        "../workflow/scripts/answer_augmentation.py"
