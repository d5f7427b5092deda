"""Movie ratings: the recommender, fitted on all ratings.

REQUIRED INPUTS: results/movies/{dataset}/ratings.h5, movies.csv, users.csv, items.csv, seen.h5,
                 links.csv, reading.json
OUTPUTS: results/movies/{dataset}/recommender/factors.h5
"""


rule fit_recommender:
    input:
        **movies_paths.READ,
    output:
        factors=movies_paths.FACTORS,
    log:
        "results/logs/movies/{dataset}/fit_recommender.log",
    benchmark:
        "results/benchmarks/movies/{dataset}/fit_recommender.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(1000),
    params:
        code=code("movies/recommender/fit_recommender.py"),
        bayes=section("movies/{dataset}/bayes", "rank", "burn_in", "samples", "most_features"),
        recommender=section("movies/{dataset}/recommender"),
        content=lambda wildcards: movies_plan.recommended_content(config, **wildcards),
        seed=config["seed"],
    message:
        "Fit the recommender on all ratings of {wildcards.dataset}"
    script:
        "../../workflow/scripts/movies/recommender/fit_recommender.py"
