"""One probability from all models of reviews."""


rule fit_ensemble:
    """Weights of all models by the validation films; controls are equal weights and no test text."""
    input:
        valid=members_runs("valid"),
        test=members_runs("test"),
    output:
        weights="results/reviews/{dataset}/ensemble/weights.json",
        valid="results/reviews/{dataset}/ensemble/runs_valid.csv",
        test="results/reviews/{dataset}/ensemble/runs_test.csv",
        equal_valid="results/reviews/{dataset}/ensemble_equal/runs_valid.csv",
        equal_test="results/reviews/{dataset}/ensemble_equal/runs_test.csv",
        inductive_valid="results/reviews/{dataset}/ensemble_inductive/runs_valid.csv",
        inductive_test="results/reviews/{dataset}/ensemble_inductive/runs_test.csv",
    log:
        "results/logs/reviews/{dataset}/fit_ensemble.log",
    benchmark:
        "results/benchmarks/reviews/{dataset}/fit_ensemble.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(600),
        runtime=30,
    params:
        code=code("reviews/ensemble/fit_ensemble.py"),
        members=lambda wildcards: list(reviews_plan.members(config, wildcards.dataset)),
        transductive=reviews_plan.TRANSDUCTIVE,
        seed=lookup(within=config, dpath="seed"),
    message:
        "Weigh the models of {wildcards.dataset}"
    script:
        "../../workflow/scripts/reviews/ensemble/fit_ensemble.py"
