"""One probability from all models of reviews.

REQUIRED INPUTS: results/reviews/{dataset}/{model}/runs_valid.csv, runs_test.csv
OUTPUTS: results/reviews/{dataset}/ensemble/weights.json
         results/reviews/{dataset}/{ensemble,ensemble_equal,ensemble_inductive}/runs_valid.csv,
         runs_test.csv
"""


rule fit_ensemble:
    input:
        about=reviews_paths.ABOUT,
        valid=members_runs(reviews_paths.VALID),
        test=members_runs(reviews_paths.TEST),
    output:
        weights=reviews_paths.WEIGHTS,
        valid=of_each(reviews_paths.VALID, model=reviews_plan.ENSEMBLES),
        test=of_each(reviews_paths.TEST, model=reviews_plan.ENSEMBLES),
    log:
        "results/logs/reviews/{dataset}/fit_ensemble.log",
    benchmark:
        "results/benchmarks/reviews/{dataset}/fit_ensemble.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(600),
    params:
        code=code("reviews/ensemble/fit_ensemble.py"),
        members=lambda wildcards: list(reviews_plan.members(config, wildcards.dataset)),
        transductive=reviews_plan.TRANSDUCTIVE,
        seed=config["seed"],
    message:
        "Weigh all models of {wildcards.dataset} by the validation reviews, beside two controls"
    script:
        "../../workflow/scripts/reviews/ensemble/fit_ensemble.py"
