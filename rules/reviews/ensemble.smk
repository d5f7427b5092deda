"""One probability from all models of reviews.

REQUIRED INPUTS: results/reviews/{dataset}/{model}/runs_valid.csv, runs_test.csv
OUTPUTS: results/reviews/{dataset}/ensemble/weights.json
         results/reviews/{dataset}/{ensemble,ensemble_equal,ensemble_inductive}/runs_valid.csv,
         runs_test.csv; with unlabelled texts also those of ensemble_labelled
"""

for suffix, ensembles, sets in alike("reviews", reviews_plan.ensembles):

    rule:
        name:
            f"fit_ensemble{suffix}"
        input:
            about=reviews_paths.ABOUT,
            valid=of_models(reviews_paths.VALID, reviews_plan.members),
            test=of_models(reviews_paths.TEST, reviews_plan.members),
        output:
            weights=reviews_paths.WEIGHTS,
            valid=of_each(reviews_paths.VALID, model=ensembles),
            test=of_each(reviews_paths.TEST, model=ensembles),
        log:
            "results/logs/reviews/{dataset}/fit_ensemble.log",
        benchmark:
            "results/benchmarks/reviews/{dataset}/fit_ensemble.tsv"
        wildcard_constraints:
            dataset=sets,
        conda:
            "../../envs/base.yaml"
        resources:
            mem_mb=memory(600),
        params:
            code=code("reviews/ensemble/fit_ensemble.py"),
            members=lambda wildcards: list(reviews_plan.members(config, wildcards.dataset)),
            without={name: reviews_plan.LEFT_OUT.get(name, ()) for name in ensembles},
            seed=config["seed"],
        message:
            "Weigh all models of {wildcards.dataset} by the validation reviews, beside its controls"
        script:
            "../../workflow/scripts/reviews/ensemble/fit_ensemble.py"
