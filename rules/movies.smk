"""Movie ratings: source, split, models and their scores.

REQUIRED INPUTS: the source that `movies: {dataset}: source` names
OUTPUTS: data/movies/{dataset}/source.json
         results/movies/{dataset}/{ratings,split}.h5, movies.csv
         results/movies/{dataset}/{bias,dot_bias}/predictions.csv, metrics.json, *.png
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
        predictions="results/movies/{dataset}/bias/predictions.csv",
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


rule fit_dot_bias:
    """The lesson's dot product of factors plus biases."""
    input:
        ratings="results/movies/{dataset}/ratings.h5",
        split="results/movies/{dataset}/split.h5",
    output:
        model="results/movies/{dataset}/dot_bias/model.keras",
        history="results/movies/{dataset}/dot_bias/history.csv",
        predictions="results/movies/{dataset}/dot_bias/predictions.csv",
    log:
        "results/logs/movies/{dataset}/fit_dot_bias.log",
    benchmark:
        "results/benchmarks/movies/{dataset}/fit_dot_bias.tsv"
    conda:
        "../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    params:
        code=code("fit_dot_bias.py"),
        factors=lookup(within=config, dpath="movies/{dataset}/dot_bias/factors"),
        l2=lookup(within=config, dpath="movies/{dataset}/dot_bias/l2"),
        schedule=lookup(within=config, dpath="movies/{dataset}/dot_bias/schedule"),
        optimizer=lookup(within=config, dpath="movies/{dataset}/dot_bias/optimizer"),
        batch_size=lookup(within=config, dpath="movies/{dataset}/dot_bias/batch_size"),
        inner_share=lookup(within=config, dpath="movies/{dataset}/dot_bias/inner_share"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Train the dot product with biases on {wildcards.dataset}"
    script:
        "../workflow/scripts/fit_dot_bias.py"


rule score_ratings:
    """RMSE, MAE and MSE of the validation ratings, with intervals over users."""
    input:
        predictions="results/movies/{dataset}/{model}/predictions.csv",
    output:
        metrics="results/movies/{dataset}/{model}/metrics.json",
    log:
        "results/logs/movies/{dataset}/score_ratings_{model}.log",
    wildcard_constraints:
        model="bias|dot_bias",
    conda:
        "../envs/base.yaml"
    params:
        code=code("score_ratings.py"),
        seed=lookup(within=config, dpath="seed"),
    script:
        "../workflow/scripts/score_ratings.py"


rule plot_rating_learning_curve:
    """Squared error by epoch on trained and on inner ratings."""
    input:
        history="results/movies/{dataset}/dot_bias/history.csv",
    output:
        plot=report(
            "results/movies/{dataset}/dot_bias/learning_curve.png",
            caption="../workflow/report/learning_curve.rst",
            category="Movies",
            subcategory="{dataset}",
            labels={"what": "learning curve, dot product with biases"},
        ),
    log:
        "results/logs/movies/{dataset}/plot_rating_learning_curve.log",
    conda:
        "../envs/base.yaml"
    params:
        code=code("plot_learning_curve.py"),
        title="Dot product with biases",
        loss="mean squared error (stars²)",
    script:
        "../workflow/scripts/plot_learning_curve.py"


rule plot_predicted_stars:
    """Predictions for each true rating."""
    input:
        predictions="results/movies/{dataset}/{model}/predictions.csv",
    output:
        plot=report(
            "results/movies/{dataset}/{model}/predicted_stars.png",
            caption="../workflow/report/predicted_stars.rst",
            category="Movies",
            subcategory="{dataset}",
            labels={"what": "predicted stars, {model}"},
        ),
    log:
        "results/logs/movies/{dataset}/plot_predicted_stars_{model}.log",
    wildcard_constraints:
        model="bias|dot_bias",
    conda:
        "../envs/base.yaml"
    params:
        code=code("plot_predicted_stars.py"),
    script:
        "../workflow/scripts/plot_predicted_stars.py"


rule plot_error_by_popularity:
    """RMSE by how often a movie was rated in training."""
    input:
        predictions="results/movies/{dataset}/{model}/predictions.csv",
        ratings="results/movies/{dataset}/ratings.h5",
        split="results/movies/{dataset}/split.h5",
    output:
        plot=report(
            "results/movies/{dataset}/{model}/error_by_popularity.png",
            caption="../workflow/report/error_by_popularity.rst",
            category="Movies",
            subcategory="{dataset}",
            labels={"what": "error by popularity, {model}"},
        ),
    log:
        "results/logs/movies/{dataset}/plot_error_by_popularity_{model}.log",
    wildcard_constraints:
        model="bias|dot_bias",
    conda:
        "../envs/base.yaml"
    params:
        code=code("plot_error_by_popularity.py"),
        seed=lookup(within=config, dpath="seed"),
    script:
        "../workflow/scripts/plot_error_by_popularity.py"
