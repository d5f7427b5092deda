"""The augmentation sweep on the sample, its choice, and the test of the choice on unseen groups."""


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
        augmentation=one_of([*UNITS, NONE]),
    conda:
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2000),
        runtime=30,
    params:
        code=code("images/augmentation/sweep_augmentation.py"),
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
        "../../workflow/scripts/images/augmentation/sweep_augmentation.py"


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
        "../../envs/base.yaml"
    params:
        code=code("images/augmentation/choose_levels.py"),
        types=lambda wildcards: sample_plan.swept_types(config, wildcards.dataset),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Choose the level of each type of augmentation for {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/augmentation/choose_levels.py"


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
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(1500),
        runtime=30,
    params:
        code=code("images/augmentation/sweep_together.py"),
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
        "../../workflow/scripts/images/augmentation/sweep_together.py"


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
        "../../envs/base.yaml"
    params:
        code=code("images/augmentation/choose_strength.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Choose how strongly the augmentation of {wildcards.dataset} is used"
    script:
        "../../workflow/scripts/images/augmentation/choose_strength.py"


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
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2000),
        runtime=120,
    params:
        code=code("images/augmentation/combine_augmentation.py"),
        schedule=lookup(within=config, dpath="images/{dataset}/augmentation/combination_schedule"),
        batch_size=lookup(within=config, dpath="images/{dataset}/sample/batch_size"),
        inner_share=lookup(within=config, dpath="images/{dataset}/sample/inner_share"),
        seeds=lookup(within=config, dpath="images/{dataset}/sample/seeds"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Train conv1 on {wildcards.dataset} with and without the swept augmentation"
    script:
        "../../workflow/scripts/images/augmentation/combine_augmentation.py"


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
        "../../envs/base.yaml"
    params:
        code=code("images/augmentation/score_augmentation.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score training with and without augmentation on {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/augmentation/score_augmentation.py"
