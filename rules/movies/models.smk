"""Movie ratings: the models, each fitted on the training ratings of the split, and their scores."""

import os
from hashlib import sha256

PEERS_PROGRAM = SCRIPTS.parent / "peers/predict.py"

try:
    PEERS_LOCK = Path(workflow.source_path("../../envs/peers.lock"))
    PEERS_VERSIONS = sha256(PEERS_LOCK.read_bytes()).hexdigest()
except OSError as error:
    sys.exit(
        f"error: envs/peers.lock: cannot be copied and read ({error.strerror}); free some space"
    )


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
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(500),
        runtime=30,
    params:
        code=code("movies/models/fit_bias.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Fit the bias baseline on {wildcards.dataset}"
    script:
        "../../workflow/scripts/movies/models/fit_bias.py"


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
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(1500),
        runtime=30,
    params:
        code=code("movies/models/fit_lesson_models.py"),
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
        "../../workflow/scripts/movies/models/fit_lesson_models.py"


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
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(500),
        runtime=30,
    params:
        code=code("movies/models/fit_content.py"),
        burn_in=lookup(within=config, dpath="movies/{dataset}/bayes/burn_in"),
        samples=lookup(within=config, dpath="movies/{dataset}/bayes/samples"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Fit content alone on {wildcards.dataset}"
    script:
        "../../workflow/scripts/movies/models/fit_content.py"


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
        "../../envs/base.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(1000),
        runtime=30,
    params:
        code=code("movies/models/fit_bayes.py"),
        rank=lookup(within=config, dpath="movies/{dataset}/bayes/rank"),
        burn_in=lookup(within=config, dpath="movies/{dataset}/bayes/burn_in"),
        samples=lookup(within=config, dpath="movies/{dataset}/bayes/samples"),
        chains=lookup(within=config, dpath="movies/{dataset}/bayes/chains"),
        most_features=lookup(within=config, dpath="movies/{dataset}/bayes/most_features"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Sample {wildcards.model} on {wildcards.dataset}"
    script:
        "../../workflow/scripts/movies/models/fit_bayes.py"


rule fit_peer:
    """A model of Surprise, LensKit or myFM, run by its own environment."""
    input:
        ratings="results/movies/{dataset}/ratings.h5",
        movies="results/movies/{dataset}/movies.csv",
        split="results/movies/{dataset}/split.h5",
    output:
        predictions="results/movies/{dataset}/{model}/predictions.csv",
    log:
        "results/logs/movies/{dataset}/fit_{model}.log",
    benchmark:
        "results/benchmarks/movies/{dataset}/fit_{model}.tsv"
    wildcard_constraints:
        model=one_of(targets.PEERS),
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(3500),
        runtime=30,
    params:
        code=code("movies/models/fit_peer.py"),
        program_code=code_hash(PEERS_PROGRAM),
        versions=PEERS_VERSIONS,
        program=os.path.relpath(PEERS_PROGRAM),
        environment=targets.PEERS_ENVIRONMENT,
        seed=lookup(within=config, dpath="seed"),
    message:
        "Fit {wildcards.model} on {wildcards.dataset}"
    script:
        "../../workflow/scripts/movies/models/fit_peer.py"


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
        "../../envs/base.yaml"
    params:
        code=code("movies/models/score_ratings.py"),
        models=list(targets.RATING_MODELS),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score the rating models on {wildcards.dataset}"
    script:
        "../../workflow/scripts/movies/models/score_ratings.py"


rule score_peer:
    """RMSE, MAE and MSE of a peer, with intervals over users."""
    input:
        predictions=["results/movies/{dataset}/{model}/predictions.csv"],
    output:
        metrics=["results/movies/{dataset}/{model}/metrics.json"],
    log:
        "results/logs/movies/{dataset}/score_{model}.log",
    wildcard_constraints:
        model=one_of(targets.PEERS),
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("movies/models/score_ratings.py"),
        models=lambda wildcards: [wildcards.model],
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score {wildcards.model} on the ratings of {wildcards.dataset}"
    script:
        "../../workflow/scripts/movies/models/score_ratings.py"
