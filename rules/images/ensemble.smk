"""What follows the heads: the ensemble, its neighbours and calibration, and what each step gives.

REQUIRED INPUTS: manifest.csv, splits/folds.csv, reduced/{backbone}/neighbours.h5, models/{member}
OUTPUTS: models/chain: out_of_fold.csv, test.csv, tuned.json; chain/ablation.csv
"""

CHAIN_KEYS = (
    "neighbours",
    "neighbour_weights",
    "weights",
    "balance",
    "temperature",
    "floors",
    "leave_out",
)


rule combine_models:
    input:
        **ENSEMBLE,
        test=files_of_models(model_plan.members, "test.csv"),
    output:
        out_of_fold=f"{image_paths.RESULTS}/models/chain/out_of_fold.csv",
        test=f"{image_paths.RESULTS}/models/chain/test.csv",
        tuned=f"{image_paths.RESULTS}/models/chain/tuned.json",
    log:
        "results/logs/images/{dataset}/combine_models.log",
    benchmark:
        "results/benchmarks/images/{dataset}/models/chain.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(500),
    params:
        code=code("images/ensemble/combine_models.py"),
        members=lambda wildcards: model_plan.members(config, wildcards.dataset),
        choices=section("images/{dataset}/chain", *CHAIN_KEYS),
    message:
        "Combine the models of {wildcards.dataset}: each fold by a chain tuned on the others, the test by one tuned on all"
    script:
        "../../workflow/scripts/images/ensemble/combine_models.py"


rule measure_ablation:
    input:
        **ENSEMBLE,
        linear=files_of_models(model_plan.floor, "out_of_fold.csv"),
        first_seed=f"{image_paths.RESULTS}/models/selected/first_seed.csv",
        selected=f"{image_paths.RESULTS}/models/selected/out_of_fold.csv",
    output:
        ablation=f"{image_paths.RESULTS}/chain/ablation.csv",
    log:
        "results/logs/images/{dataset}/measure_ablation.log",
    benchmark:
        "results/benchmarks/images/{dataset}/measure_ablation.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(500),
    params:
        code=code("images/ensemble/measure_ablation.py"),
        choices=section("images/{dataset}/chain", *CHAIN_KEYS),
        seed=config["seed"],
    message:
        "Measure the gain of each step of the chain of {wildcards.dataset} on folds that it was not tuned on"
    script:
        "../../workflow/scripts/images/ensemble/measure_ablation.py"
