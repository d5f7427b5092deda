"""Scores of everything that an image set makes, and the one table of them.

REQUIRED INPUTS: all predictions that the plan names; source.json where the test's classes are known
OUTPUTS: the metrics.json of each model, gain and leak; comparison.csv
"""

for suffix, metrics, sets in alike("images", scored_plan.metrics_written):

    rule:
        name:
            f"score_pictures{suffix}"
        input:
            files=lambda wildcards: scored_plan.files(config, wildcards.dataset),
            roles=lambda wildcards: pseudo_plan.role_files(config, wildcards.dataset),
            source=source_with_truth,
        output:
            metrics=metrics,
            comparison=f"{image_paths.RESULTS}/comparison.csv",
        log:
            "results/logs/images/{dataset}/score_pictures.log",
        wildcard_constraints:
            dataset=sets,
        localrule: True
        conda:
            "../../envs/base.yaml"
        params:
            code=code("images/scores/score_pictures.py"),
            scored=lambda wildcards: scored_plan.records(config, wildcards.dataset),
            seed=config["seed"],
        message:
            "Score all models of {wildcards.dataset}, what techniques gain, and the leak of the random split"
        script:
            "../../workflow/scripts/images/scores/score_pictures.py"
