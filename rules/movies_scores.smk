"""Movie ratings: how far off each model is, as numbers, a table and pictures.

REQUIRED INPUTS: results/movies/{dataset}/{ratings,split}.h5, {model}/predictions.csv
OUTPUTS: results/movies/{dataset}/{model}/metrics.json
         results/movies/{dataset}/models.{csv,html}, lesson_models.png, predicted_stars.png,
         error_by_popularity.png, uncertainty.png
"""


rule score_ratings:
    """RMSE, MAE and MSE of each model on the validation ratings, with intervals over users."""
    input:
        predictions=[
            f"results/movies/{{dataset}}/{model}/predictions.csv"
            for model in targets.RATING_MODELS
        ],
    output:
        metrics=[
            f"results/movies/{{dataset}}/{model}/metrics.json" for model in targets.RATING_MODELS
        ],
    log:
        "results/logs/movies/{dataset}/score_ratings.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("score_ratings.py"),
        models=list(targets.RATING_MODELS),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score the rating models on {wildcards.dataset}"
    script:
        "../workflow/scripts/score_ratings.py"


rule tabulate_models:
    """All models on the same ratings, and whether their differences are real."""
    input:
        predictions=lambda wildcards: targets.rating_predictions(config, **wildcards),
    output:
        table="results/movies/{dataset}/models.csv",
        page=report(
            "results/movies/{dataset}/models.html",
            caption="../workflow/report/rating_models.rst",
            category="4 Movies",
            subcategory="{dataset}",
            labels={"what": "which model predicts best"},
        ),
    log:
        "results/logs/movies/{dataset}/tabulate_models.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("tabulate_models.py"),
        models=lambda wildcards: targets.compared_models(config, **wildcards),
        peers=lookup(within=config, dpath="movies/{dataset}/peers"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Compare the rating models of {wildcards.dataset}"
    script:
        "../workflow/scripts/tabulate_models.py"


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
            caption="../workflow/report/lesson_models.rst",
            category="4 Movies",
            subcategory="{dataset}",
            labels={"what": "learning curves of the lesson's models"},
        ),
        predicted_stars=report(
            "results/movies/{dataset}/predicted_stars.png",
            caption="../workflow/report/predicted_stars.rst",
            category="4 Movies",
            subcategory="{dataset}",
            labels={"what": "predicted stars"},
        ),
        error_by_popularity=report(
            "results/movies/{dataset}/error_by_popularity.png",
            caption="../workflow/report/error_by_popularity.rst",
            category="4 Movies",
            subcategory="{dataset}",
            labels={"what": "error by popularity"},
        ),
        uncertainty=report(
            "results/movies/{dataset}/uncertainty.png",
            caption="../workflow/report/uncertainty.rst",
            category="4 Movies",
            subcategory="{dataset}",
            labels={"what": "does it know how sure it is"},
        ),
    log:
        "results/logs/movies/{dataset}/plot_rating_models.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("plot_rating_models.py"),
        models=list(targets.PICTURED_MODELS),
        lesson_models=list(targets.LESSON_MODELS),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Draw how the rating models of {wildcards.dataset} learn and err"
    script:
        "../workflow/scripts/plot_rating_models.py"
