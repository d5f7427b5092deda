"""Movie ratings: the recommender of all ratings, what it learned, and the worked example.

REQUIRED INPUTS: results/movies/{dataset}/ratings.h5, movies.csv
OUTPUTS: results/movies/{dataset}/recommender/factors.h5
         results/movies/{dataset}/learned.html, liking.csv, components.{csv,png}
         results/movies/{dataset}/crosstab.{html,xlsx}
"""


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
        "../envs/base.yaml"
    resources:
        mem_mb=memory(1000),
        runtime=30,
    params:
        code=code("fit_recommender.py"),
        rank=lookup(within=config, dpath="movies/{dataset}/bayes/rank"),
        burn_in=lookup(within=config, dpath="movies/{dataset}/bayes/burn_in"),
        samples=lookup(within=config, dpath="movies/{dataset}/bayes/samples"),
        most_features=lookup(within=config, dpath="movies/{dataset}/bayes/most_features"),
        kept=lookup(within=config, dpath="movies/{dataset}/recommender/kept"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Fit the recommender of {wildcards.dataset}"
    script:
        "../workflow/scripts/fit_recommender.py"


rule describe_factors:
    """Best and worst movies, principal components, nearest neighbours."""
    input:
        factors="results/movies/{dataset}/recommender/factors.h5",
    output:
        liking="results/movies/{dataset}/liking.csv",
        components="results/movies/{dataset}/components.csv",
        plot=report(
            "results/movies/{dataset}/components.png",
            caption="../workflow/report/components.rst",
            category="4 Movies",
            subcategory="{dataset}",
            labels={"what": "movies by two components of taste"},
        ),
        page=report(
            "results/movies/{dataset}/learned.html",
            caption="../workflow/report/learned.rst",
            category="4 Movies",
            subcategory="{dataset}",
            labels={"what": "what it learned"},
        ),
    log:
        "results/logs/movies/{dataset}/describe_factors.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("describe_factors.py"),
        most_rated=lookup(within=config, dpath="movies/{dataset}/pictures/most_rated"),
        components=lookup(within=config, dpath="movies/{dataset}/pictures/components"),
        labels=lookup(within=config, dpath="movies/{dataset}/pictures/labels"),
    message:
        "Describe what was learned about the movies of {wildcards.dataset}"
    script:
        "../workflow/scripts/describe_factors.py"


rule fit_crosstab:
    """The worked example: the busiest users against the most-rated movies, five factors each."""
    input:
        ratings="results/movies/{dataset}/ratings.h5",
        movies="results/movies/{dataset}/movies.csv",
    output:
        workbook="results/movies/{dataset}/crosstab.xlsx",
        page=report(
            "results/movies/{dataset}/crosstab.html",
            caption="../workflow/report/crosstab.rst",
            category="4 Movies",
            subcategory="{dataset}",
            labels={"what": "how a factor model works"},
        ),
    log:
        "results/logs/movies/{dataset}/fit_crosstab.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("fit_crosstab.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Fit the worked example of {wildcards.dataset}"
    script:
        "../workflow/scripts/fit_crosstab.py"
