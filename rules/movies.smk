"""Movie ratings: source, split, models and their scores.

REQUIRED INPUTS: the source that `movies: {dataset}: source` names
OUTPUTS: data/movies/{dataset}/source.json
         results/movies/{dataset}/{ratings,split}.h5, movies.csv
         results/movies/{dataset}/{model}/predictions.csv, metrics.json
         results/movies/{dataset}/models.{csv,html}, lesson_models.png, predicted_stars.png,
         error_by_popularity.png, uncertainty.png
"""


rule draw_demo_ratings:
    """Ratings with planted biases, factors, genres and years."""
    output:
        source="data/movies/{dataset}/source.json",
    log:
        "results/logs/movies/{dataset}/draw_demo_ratings.log",
    wildcard_constraints:
        dataset=one_of(names_of_kind("movies", "demo")),
    conda:
        "../envs/base.yaml"
    params:
        code=code("draw_demo_ratings.py"),
        users=lookup(within=config, dpath="movies/{dataset}/source/demo/users"),
        movies=lookup(within=config, dpath="movies/{dataset}/source/demo/movies"),
        ratings=lookup(within=config, dpath="movies/{dataset}/source/demo/ratings"),
        seed=lookup(within=config, dpath="movies/{dataset}/source/demo/seed"),
    message:
        "Draw the demo ratings of {wildcards.dataset}"
    script:
        "../workflow/scripts/draw_demo_ratings.py"


rule unpack_ratings:
    """A folder where the release lies as files; an unpacked folder is used where it is."""
    input:
        source=source_if_present("movies"),
    output:
        source="data/movies/{dataset}/source.json",
    log:
        "results/logs/movies/{dataset}/unpack_ratings.log",
    wildcard_constraints:
        dataset=one_of(names_of_kind("movies", "movielens")),
    conda:
        "../envs/base.yaml"
    params:
        code=code("unpack_source.py"),
        path=source_path("movies"),
    message:
        "Unpack the ratings of {wildcards.dataset}"
    script:
        "../workflow/scripts/unpack_source.py"


rule read_ratings:
    """The ratings in file order and the movies, checked against the release's own README."""
    input:
        source="data/movies/{dataset}/source.json",
    output:
        ratings="results/movies/{dataset}/ratings.h5",
        movies="results/movies/{dataset}/movies.csv",
    log:
        "results/logs/movies/{dataset}/read_ratings.log",
    benchmark:
        "results/benchmarks/movies/{dataset}/read_ratings.tsv"
    conda:
        "../envs/base.yaml"
    params:
        code=code("read_ratings.py"),
    message:
        "Read and check the ratings of {wildcards.dataset}"
    script:
        "../workflow/scripts/read_ratings.py"


rule split_ratings:
    """A random share of the ratings trains, as in the lesson."""
    input:
        ratings="results/movies/{dataset}/ratings.h5",
    output:
        split="results/movies/{dataset}/split.h5",
    log:
        "results/logs/movies/{dataset}/split_ratings.log",
    conda:
        "../envs/base.yaml"
    params:
        code=code("split_ratings.py"),
        train_share=lookup(within=config, dpath="movies/{dataset}/split/train_share"),
        seed=lookup(within=config, dpath="movies/{dataset}/split/seed"),
    script:
        "../workflow/scripts/split_ratings.py"


rule fit_bias:
    """The baseline: mean, user bias and movie bias, shrunk as far as inner rows say."""
    input:
        ratings="results/movies/{dataset}/ratings.h5",
        split="results/movies/{dataset}/split.h5",
    output:
        shrinkages="results/movies/{dataset}/bias/shrinkages.csv",
        bias="results/movies/{dataset}/bias/predictions.csv",
        mean="results/movies/{dataset}/mean/predictions.csv",
    log:
        "results/logs/movies/{dataset}/fit_bias.log",
    benchmark:
        "results/benchmarks/movies/{dataset}/fit_bias.tsv"
    conda:
        "../envs/base.yaml"
    params:
        code=code("fit_bias.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Fit the bias baseline on {wildcards.dataset}"
    script:
        "../workflow/scripts/fit_bias.py"


rule fit_lesson_models:
    """The lesson's dot product, without and with biases and L2, and its neural net."""
    input:
        ratings="results/movies/{dataset}/ratings.h5",
        split="results/movies/{dataset}/split.h5",
    output:
        models=[
            f"results/movies/{{dataset}}/{model}/model.keras" for model in targets.LESSON_MODELS
        ],
        histories=[
            f"results/movies/{{dataset}}/{model}/history.csv" for model in targets.LESSON_MODELS
        ],
        predictions=[
            f"results/movies/{{dataset}}/{model}/predictions.csv"
            for model in targets.LESSON_MODELS
        ],
    log:
        "results/logs/movies/{dataset}/fit_lesson_models.log",
    benchmark:
        "results/benchmarks/movies/{dataset}/fit_lesson_models.tsv"
    conda:
        "../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    params:
        code=code("fit_lesson_models.py"),
        factors=lookup(within=config, dpath="movies/{dataset}/lesson/factors"),
        l2=lookup(within=config, dpath="movies/{dataset}/lesson/l2"),
        net_l2=lookup(within=config, dpath="movies/{dataset}/lesson/net_l2"),
        dot_schedule=lookup(within=config, dpath="movies/{dataset}/lesson/dot_schedule"),
        schedule=lookup(within=config, dpath="movies/{dataset}/lesson/schedule"),
        net_schedule=lookup(within=config, dpath="movies/{dataset}/lesson/net_schedule"),
        batch_size=lookup(within=config, dpath="movies/{dataset}/lesson/batch_size"),
        inner_share=lookup(within=config, dpath="movies/{dataset}/lesson/inner_share"),
        optimizer=lookup(within=config, dpath="movies/{dataset}/lesson/optimizer"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Train the lesson's models on {wildcards.dataset}"
    script:
        "../workflow/scripts/fit_lesson_models.py"


rule fit_content:
    """Content alone: each user's taste for genres and decades."""
    input:
        ratings="results/movies/{dataset}/ratings.h5",
        movies="results/movies/{dataset}/movies.csv",
        split="results/movies/{dataset}/split.h5",
    output:
        predictions="results/movies/{dataset}/content/predictions.csv",
    log:
        "results/logs/movies/{dataset}/fit_content.log",
    benchmark:
        "results/benchmarks/movies/{dataset}/fit_content.tsv"
    conda:
        "../envs/base.yaml"
    params:
        code=code("fit_content.py"),
        burn_in=lookup(within=config, dpath="movies/{dataset}/bayes/burn_in"),
        samples=lookup(within=config, dpath="movies/{dataset}/bayes/samples"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Fit content alone on {wildcards.dataset}"
    script:
        "../workflow/scripts/fit_content.py"


rule fit_bayes:
    """Sampled matrix factorisation with side information, and its controls."""
    input:
        ratings="results/movies/{dataset}/ratings.h5",
        movies="results/movies/{dataset}/movies.csv",
        split="results/movies/{dataset}/split.h5",
    output:
        predictions="results/movies/{dataset}/{model}/predictions.csv",
        spread="results/movies/{dataset}/{model}/spread.csv",
    log:
        "results/logs/movies/{dataset}/fit_{model}.log",
    benchmark:
        "results/benchmarks/movies/{dataset}/fit_{model}.tsv"
    wildcard_constraints:
        model=one_of(targets.SAMPLED_MODELS),
    conda:
        "../envs/base.yaml"
    params:
        code=code("fit_bayes.py"),
        rank=lookup(within=config, dpath="movies/{dataset}/bayes/rank"),
        burn_in=lookup(within=config, dpath="movies/{dataset}/bayes/burn_in"),
        samples=lookup(within=config, dpath="movies/{dataset}/bayes/samples"),
        chains=lookup(within=config, dpath="movies/{dataset}/bayes/chains"),
        most_features=lookup(within=config, dpath="movies/{dataset}/bayes/most_features"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Sample {wildcards.model} on {wildcards.dataset}"
    script:
        "../workflow/scripts/fit_bayes.py"


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
    conda:
        "../envs/base.yaml"
    params:
        code=code("score_ratings.py"),
        models=list(targets.RATING_MODELS),
        seed=lookup(within=config, dpath="seed"),
    script:
        "../workflow/scripts/score_ratings.py"


rule tabulate_models:
    """All models on the same ratings, and whether their differences are real."""
    input:
        predictions=[
            f"results/movies/{{dataset}}/{model}/predictions.csv"
            for model in targets.RATING_MODELS
        ],
    output:
        table="results/movies/{dataset}/models.csv",
        page=report(
            "results/movies/{dataset}/models.html",
            caption="../workflow/report/rating_models.rst",
            category="Movies",
            subcategory="{dataset}",
            labels={"what": "which model predicts best"},
        ),
    log:
        "results/logs/movies/{dataset}/tabulate_models.log",
    conda:
        "../envs/base.yaml"
    params:
        code=code("tabulate_models.py"),
        models=list(targets.RATING_MODELS),
        seed=lookup(within=config, dpath="seed"),
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
            category="Movies",
            subcategory="{dataset}",
            labels={"what": "learning curves of the lesson's models"},
        ),
        predicted_stars=report(
            "results/movies/{dataset}/predicted_stars.png",
            caption="../workflow/report/predicted_stars.rst",
            category="Movies",
            subcategory="{dataset}",
            labels={"what": "predicted stars"},
        ),
        error_by_popularity=report(
            "results/movies/{dataset}/error_by_popularity.png",
            caption="../workflow/report/error_by_popularity.rst",
            category="Movies",
            subcategory="{dataset}",
            labels={"what": "error by popularity"},
        ),
        uncertainty=report(
            "results/movies/{dataset}/uncertainty.png",
            caption="../workflow/report/uncertainty.rst",
            category="Movies",
            subcategory="{dataset}",
            labels={"what": "does it know how sure it is"},
        ),
    log:
        "results/logs/movies/{dataset}/plot_rating_models.log",
    conda:
        "../envs/base.yaml"
    params:
        code=code("plot_rating_models.py"),
        models=list(targets.PICTURED_MODELS),
        lesson_models=list(targets.LESSON_MODELS),
        seed=lookup(within=config, dpath="seed"),
    script:
        "../workflow/scripts/plot_rating_models.py"
