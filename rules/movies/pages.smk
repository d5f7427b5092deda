"""Movie ratings: how far off each model is and what it learned, as tables, pages and pictures."""


rule tabulate_models:
    """All models on the same ratings, and whether their differences are real."""
    input:
        predictions=lambda wildcards: targets.rating_predictions(config, **wildcards),
    output:
        table="results/movies/{dataset}/models.csv",
        page=report(
            "results/movies/{dataset}/models.html",
            caption="../../workflow/report/rating_models.rst",
            category="4 Movies",
            subcategory="{dataset}",
            labels={"what": "which model predicts best"},
        ),
    log:
        "results/logs/movies/{dataset}/tabulate_models.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("movies/pages/tabulate_models.py"),
        models=lambda wildcards: targets.compared_models(config, **wildcards),
        peers=lookup(within=config, dpath="movies/{dataset}/peers"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Compare the rating models of {wildcards.dataset}"
    script:
        "../../workflow/scripts/movies/pages/tabulate_models.py"


rule plot_rating_models:
    """Learning curves, predictions by true rating, error by popularity and by stated spread."""
    input:
        ratings="results/movies/{dataset}/ratings.h5",
        split="results/movies/{dataset}/split.h5",
        predictions=[
            f"results/movies/{{dataset}}/{model}/predictions.csv"
            for model in targets.PICTURED_MODELS
        ],
        histories=[
            f"results/movies/{{dataset}}/{model}/history.csv" for model in targets.LESSON_MODELS
        ],
        spread="results/movies/{dataset}/bayes/spread.csv",
    output:
        lesson_models=report(
            "results/movies/{dataset}/lesson_models.png",
            caption="../../workflow/report/lesson_models.rst",
            category="4 Movies",
            subcategory="{dataset}",
            labels={"what": "learning curves of the lesson's models"},
        ),
        predicted_stars=report(
            "results/movies/{dataset}/predicted_stars.png",
            caption="../../workflow/report/predicted_stars.rst",
            category="4 Movies",
            subcategory="{dataset}",
            labels={"what": "predicted stars"},
        ),
        error_by_popularity=report(
            "results/movies/{dataset}/error_by_popularity.png",
            caption="../../workflow/report/error_by_popularity.rst",
            category="4 Movies",
            subcategory="{dataset}",
            labels={"what": "error by popularity"},
        ),
        uncertainty=report(
            "results/movies/{dataset}/uncertainty.png",
            caption="../../workflow/report/uncertainty.rst",
            category="4 Movies",
            subcategory="{dataset}",
            labels={"what": "does it know how sure it is"},
        ),
    log:
        "results/logs/movies/{dataset}/plot_rating_models.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("movies/pages/plot_rating_models.py"),
        models=list(targets.PICTURED_MODELS),
        lesson_models=list(targets.LESSON_MODELS),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Draw how the rating models of {wildcards.dataset} learn and err"
    script:
        "../../workflow/scripts/movies/pages/plot_rating_models.py"


rule score_protocols:
    """Whether the best model stays best, with cold movies and users apart."""
    input:
        ratings="results/movies/{dataset}/ratings.h5",
        splits=lambda wildcards: targets.protocol_files(config, "split.h5", **wildcards),
        bias=lambda wildcards: targets.protocol_files(config, "bias.csv", **wildcards),
        bayes=lambda wildcards: targets.protocol_files(config, "bayes.csv", **wildcards),
        bayes_time=lambda wildcards: targets.protocol_files(config, "bayes_time.csv", **wildcards),
    output:
        table="results/movies/{dataset}/protocols.csv",
        page=report(
            "results/movies/{dataset}/protocols.html",
            caption="../../workflow/report/protocols.rst",
            category="4 Movies",
            subcategory="{dataset}",
            labels={"what": "other splits"},
        ),
    log:
        "results/logs/movies/{dataset}/score_protocols.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("movies/pages/score_protocols.py"),
        protocols=lookup(within=config, dpath="movies/{dataset}/protocols"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score the rating models of {wildcards.dataset} by other splits"
    script:
        "../../workflow/scripts/movies/pages/score_protocols.py"


rule plot_content_help:
    """RMSE by number of training ratings, with and without content."""
    input:
        ratings="results/movies/{dataset}/ratings.h5",
        split="results/movies/{dataset}/split.h5",
        predictions=lambda wildcards: targets.content_files(config, **wildcards),
    output:
        table="results/movies/{dataset}/content_help.csv",
        plot=report(
            "results/movies/{dataset}/content_help.png",
            caption="../../workflow/report/content_help.rst",
            category="4 Movies",
            subcategory="{dataset}",
            labels={"what": "does content help"},
        ),
    log:
        "results/logs/movies/{dataset}/plot_content_help.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("movies/pages/plot_content_help.py"),
        models=list(targets.CONTENT_MODELS),
        shares=lookup(within=config, dpath="movies/{dataset}/content_shares"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Draw what content gives by the amount of ratings of {wildcards.dataset}"
    script:
        "../../workflow/scripts/movies/pages/plot_content_help.py"


rule describe_factors:
    """Best and worst movies, principal components, nearest neighbours."""
    input:
        factors="results/movies/{dataset}/recommender/factors.h5",
    output:
        liking="results/movies/{dataset}/liking.csv",
        components="results/movies/{dataset}/components.csv",
        plot=report(
            "results/movies/{dataset}/components.png",
            caption="../../workflow/report/components.rst",
            category="4 Movies",
            subcategory="{dataset}",
            labels={"what": "movies by two components of taste"},
        ),
        page=report(
            "results/movies/{dataset}/learned.html",
            caption="../../workflow/report/learned.rst",
            category="4 Movies",
            subcategory="{dataset}",
            labels={"what": "what it learned"},
        ),
    log:
        "results/logs/movies/{dataset}/describe_factors.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("movies/pages/describe_factors.py"),
        most_rated=lookup(within=config, dpath="movies/{dataset}/pictures/most_rated"),
        components=lookup(within=config, dpath="movies/{dataset}/pictures/components"),
        labels=lookup(within=config, dpath="movies/{dataset}/pictures/labels"),
    message:
        "Describe what was learned about the movies of {wildcards.dataset}"
    script:
        "../../workflow/scripts/movies/pages/describe_factors.py"


rule fit_crosstab:
    """The worked example: the busiest users against the most-rated movies, five factors each."""
    input:
        ratings="results/movies/{dataset}/ratings.h5",
        movies="results/movies/{dataset}/movies.csv",
    output:
        workbook="results/movies/{dataset}/crosstab.xlsx",
        page=report(
            "results/movies/{dataset}/crosstab.html",
            caption="../../workflow/report/crosstab.rst",
            category="4 Movies",
            subcategory="{dataset}",
            labels={"what": "how a factor model works"},
        ),
    log:
        "results/logs/movies/{dataset}/fit_crosstab.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("movies/pages/fit_crosstab.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Fit the worked example of {wildcards.dataset}"
    script:
        "../../workflow/scripts/movies/pages/fit_crosstab.py"
