"""Five ways to choose the steps, through the pipelines' own training, at equal budget.

REQUIRED INPUTS: results/images/{dataset}/sample/images.h5
                 results/movies/{dataset}/ratings.h5, split.h5, reading.json
                 results/reviews/{dataset}/reviews.csv, tokens.h5, split.csv
OUTPUTS: results/{pipeline}/{dataset}/optimizers/fits.csv, rows.h5
         results/optimizers/comparison.csv, comparison.html
"""


rule compare_optimizers:
    input:
        trials.trial_inputs(config),
    output:
        fits=trials.trial_files(config, "fits.csv"),
        rows=trials.trial_files(config, "rows.h5"),
    log:
        "results/logs/optimizers/compare_optimizers.log",
    benchmark:
        "results/benchmarks/optimizers/compare_optimizers.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory(1500),
    params:
        code=code("small/optimizer_comparison/compare_optimizers.py"),
        sets=trials.trial_settings(config),
        seeds=config["optimizer_comparison"]["seeds"],
        seed=config["seed"],
    message:
        "Train with five ways to choose the steps on pictures, ratings and reviews"
    script:
        "../../workflow/scripts/small/optimizer_comparison/compare_optimizers.py"


rule show_optimizer_comparison:
    input:
        fits=trials.trial_files(config, "fits.csv"),
        rows=trials.trial_files(config, "rows.h5"),
    output:
        table="results/optimizers/comparison.csv",
        page=page(
            "results/optimizers/comparison.html",
            *("2 Optimizers", "comparison over the pipelines", "optimizer_comparison", None),
        ),
    log:
        "results/logs/optimizers/show_optimizer_comparison.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("small/optimizer_comparison/show_optimizer_comparison.py"),
        sets=trials.trial_sets(config),
        seed=config["seed"],
    message:
        "Show which differences between optimizers are outside the noise"
    script:
        "../../workflow/scripts/small/optimizer_comparison/show_optimizer_comparison.py"
