"""What follows the heads: the ensemble, its neighbours and calibration, and what each step gives."""


rule combine_models:
    """The chain's answer: each fold by a chain tuned on the others, the test by one tuned on all."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        folds="results/images/{dataset}/splits/folds.csv",
        neighbours=of_backbone("head", "reduced", "neighbours.h5"),
        out_of_fold=lambda wildcards: models_of(wildcards, model_plan.members, "out_of_fold.csv"),
        test=lambda wildcards: models_of(wildcards, model_plan.members, "test.csv"),
    output:
        out_of_fold="results/images/{dataset}/models/chain/out_of_fold.csv",
        test="results/images/{dataset}/models/chain/test.csv",
        tuned="results/images/{dataset}/models/chain/tuned.json",
    log:
        "results/logs/images/{dataset}/combine_models.log",
    benchmark:
        "results/benchmarks/images/{dataset}/models/chain.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(500),
        runtime=30,
    params:
        code=code("images/ensemble/combine_models.py"),
        members=lambda wildcards: model_plan.members(config, wildcards.dataset),
        neighbours=lookup(within=config, dpath="images/{dataset}/chain/neighbours"),
        neighbour_weights=lookup(within=config, dpath="images/{dataset}/chain/neighbour_weights"),
        weights=lookup(within=config, dpath="images/{dataset}/chain/weights"),
        balance=lookup(within=config, dpath="images/{dataset}/chain/balance"),
        temperature=lookup(within=config, dpath="images/{dataset}/chain/temperature"),
        floors=lookup(within=config, dpath="images/{dataset}/chain/floors"),
        leave_out=lookup(within=config, dpath="images/{dataset}/chain/leave_out"),
    message:
        "Tune the chain of {wildcards.dataset}, and combine its models"
    script:
        "../../workflow/scripts/images/ensemble/combine_models.py"


rule measure_ablation:
    """What each step gives, on the same pictures, tuned on other folds than those it is scored on."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        folds="results/images/{dataset}/splits/folds.csv",
        neighbours=of_backbone("head", "reduced", "neighbours.h5"),
        members=lambda wildcards: models_of(wildcards, model_plan.members, "out_of_fold.csv"),
        linear=lambda wildcards: models_of(wildcards, model_plan.floor, "out_of_fold.csv")[0],
        first_seed="results/images/{dataset}/models/selected/first_seed.csv",
        selected="results/images/{dataset}/models/selected/out_of_fold.csv",
    output:
        ablation="results/images/{dataset}/chain/ablation.csv",
    log:
        "results/logs/images/{dataset}/measure_ablation.log",
    benchmark:
        "results/benchmarks/images/{dataset}/measure_ablation.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(500),
        runtime=30,
    params:
        code=code("images/ensemble/measure_ablation.py"),
        neighbours=lookup(within=config, dpath="images/{dataset}/chain/neighbours"),
        neighbour_weights=lookup(within=config, dpath="images/{dataset}/chain/neighbour_weights"),
        weights=lookup(within=config, dpath="images/{dataset}/chain/weights"),
        balance=lookup(within=config, dpath="images/{dataset}/chain/balance"),
        temperature=lookup(within=config, dpath="images/{dataset}/chain/temperature"),
        floors=lookup(within=config, dpath="images/{dataset}/chain/floors"),
        leave_out=lookup(within=config, dpath="images/{dataset}/chain/leave_out"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Measure what each step of the chain of {wildcards.dataset} gives"
    script:
        "../../workflow/scripts/images/ensemble/measure_ablation.py"
