"""Movie ratings: the models, each fitted on the training ratings of the split, and their scores.

REQUIRED INPUTS: results/movies/{dataset}/ratings.h5, movies.csv, split.h5, reading.json
OUTPUTS: results/movies/{dataset}/{model}/predictions.csv, metrics.json
         results/movies/{dataset}/{lesson model}/model.keras, history.csv
         results/movies/{dataset}/{sampled model}/spread.csv
         results/movies/{dataset}/bias/shrinkages.csv
         results/movies/{dataset}/comparison.csv
"""

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


for suffix, names, sets in alike("movies", movies_plan.baselines):

    rule:
        name:
            f"fit_baselines{suffix}"
        input:
            **movies_paths.TABLES,
        output:
            shrinkages="results/movies/{dataset}/bias/shrinkages.csv",
            predictions=of_each(movies_paths.PREDICTIONS, model=names),
        log:
            "results/logs/movies/{dataset}/fit_baselines.log",
        benchmark:
            "results/benchmarks/movies/{dataset}/fit_baselines.tsv"
        wildcard_constraints:
            dataset=sets,
        conda:
            "../../envs/base.yaml"
        resources:
            mem_mb=memory(500),
        params:
            code=code("movies/models/fit_baselines.py"),
            models=names,
            bayes=section("movies/{dataset}/bayes", "burn_in", "samples"),
            seed=config["seed"],
        message:
            "Fit the simple models {params.models} on {wildcards.dataset}"
        script:
            "../../workflow/scripts/movies/models/fit_baselines.py"


rule fit_lesson_models:
    input:
        ratings=movies_paths.RATINGS,
        split=movies_paths.SPLIT,
        reading=movies_paths.READING,
    output:
        models=of_each("results/movies/{dataset}/{model}/model.keras", model=rating_models.LESSON),
        histories=of_each(movies_paths.HISTORY, model=rating_models.LESSON),
        predictions=of_each(movies_paths.PREDICTIONS, model=rating_models.LESSON),
    log:
        "results/logs/movies/{dataset}/fit_lesson_models.log",
    benchmark:
        "results/benchmarks/movies/{dataset}/fit_lesson_models.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory(1500),
    params:
        code=code("movies/models/fit_lesson_models.py"),
        models=rating_models.LESSON,
        lesson=section("movies/{dataset}/lesson"),
        seed=config["seed"],
    message:
        "Train the lesson's dot products and neural net on {wildcards.dataset}"
    script:
        "../../workflow/scripts/movies/models/fit_lesson_models.py"


rule fit_bayes:
    input:
        **movies_paths.TABLES,
    output:
        predictions=movies_paths.PREDICTIONS,
        spread=movies_paths.SPREAD,
    log:
        "results/logs/movies/{dataset}/fit_{model}.log",
    benchmark:
        "results/benchmarks/movies/{dataset}/fit_{model}.tsv"
    wildcard_constraints:
        model=one_of(rating_models.SAMPLED),
    conda:
        "../../envs/base.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory(1000),
    params:
        code=code("movies/models/fit_bayes.py"),
        bayes=section("movies/{dataset}/bayes"),
        seed=config["seed"],
    message:
        "Sample the matrix factorisation {wildcards.model} on {wildcards.dataset}"
    script:
        "../../workflow/scripts/movies/models/fit_bayes.py"


rule fit_peer:
    input:
        **movies_paths.TABLES,
    output:
        predictions=movies_paths.PREDICTIONS,
    log:
        "results/logs/movies/{dataset}/fit_{model}.log",
    benchmark:
        "results/benchmarks/movies/{dataset}/fit_{model}.tsv"
    wildcard_constraints:
        model=one_of(rating_models.PEERS),
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(3500),
    params:
        code=code("movies/models/fit_peer.py"),
        program_code=code_hash(PEERS_PROGRAM),
        versions=PEERS_VERSIONS,
        program=os.path.relpath(PEERS_PROGRAM),
        environment=movies_plan.PEERS_ENVIRONMENT,
        seed=config["seed"],
    message:
        "Fit {wildcards.model} on {wildcards.dataset}, in the peers' own environment"
    script:
        "../../workflow/scripts/movies/models/fit_peer.py"


for suffix, names, sets in alike("movies", movies_plan.models):

    rule:
        name:
            f"score_ratings{suffix}"
        input:
            predictions=of_each(movies_paths.PREDICTIONS, model=names),
        output:
            metrics=of_each(movies_paths.METRICS, model=names),
            comparison=movies_paths.COMPARISON,
        log:
            "results/logs/movies/{dataset}/score_ratings.log",
        wildcard_constraints:
            dataset=sets,
        localrule: True
        conda:
            "../../envs/base.yaml"
        params:
            code=code("movies/models/score_ratings.py"),
            models=names,
            benchmarks=lambda wildcards: movies_plan.benchmarks(config, **wildcards),
            seed=config["seed"],
        message:
            "Score all rating models on {wildcards.dataset}"
        script:
            "../../workflow/scripts/movies/models/score_ratings.py"
