"""Movie ratings: the recommender, fitted on all ratings."""


rule fit_recommender:
    """The sampled model with content, without time, on all ratings: what recommends."""
    input:
        ratings="results/movies/{dataset}/ratings.h5",
        movies="results/movies/{dataset}/movies.csv",
    output:
        factors="results/movies/{dataset}/recommender/factors.h5",
    log:
        "results/logs/movies/{dataset}/fit_recommender.log",
    benchmark:
        "results/benchmarks/movies/{dataset}/fit_recommender.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(1000),
        runtime=30,
    params:
        code=code("movies/recommender/fit_recommender.py"),
        rank=lookup(within=config, dpath="movies/{dataset}/bayes/rank"),
        burn_in=lookup(within=config, dpath="movies/{dataset}/bayes/burn_in"),
        samples=lookup(within=config, dpath="movies/{dataset}/bayes/samples"),
        most_features=lookup(within=config, dpath="movies/{dataset}/bayes/most_features"),
        kept=lookup(within=config, dpath="movies/{dataset}/recommender/kept"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Fit the recommender of {wildcards.dataset}"
    script:
        "../../workflow/scripts/movies/recommender/fit_recommender.py"
