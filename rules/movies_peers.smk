"""Movie ratings: other libraries on the same rows, where `make peers` has installed them.

REQUIRED INPUTS: results/movies/{dataset}/{ratings,split}.h5, movies.csv, .venv-peers
OUTPUTS: results/movies/{dataset}/{peer}/predictions.csv, metrics.json
"""

import os
from hashlib import sha256

PEERS_PROGRAM = SCRIPTS.parent / "peers/predict.py"

try:
    PEERS_LOCK = Path(workflow.source_path("../envs/peers.lock"))
    PEERS_VERSIONS = sha256(PEERS_LOCK.read_bytes()).hexdigest()
except OSError as error:
    sys.exit(
        f"error: envs/peers.lock: cannot be copied and read ({error.strerror}); free some space"
    )


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
        "../envs/base.yaml"
    resources:
        mem_mb=memory(3500),
        runtime=30,
    params:
        code=code("fit_peer.py"),
        program_code=code_hash(PEERS_PROGRAM),
        versions=PEERS_VERSIONS,
        program=os.path.relpath(PEERS_PROGRAM),
        environment=targets.PEERS_ENVIRONMENT,
        seed=lookup(within=config, dpath="seed"),
    message:
        "Fit {wildcards.model} on {wildcards.dataset}"
    script:
        "../workflow/scripts/fit_peer.py"


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
        "../envs/base.yaml"
    params:
        code=code("score_ratings.py"),
        models=lambda wildcards: [wildcards.model],
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score {wildcards.model} on the ratings of {wildcards.dataset}"
    script:
        "../workflow/scripts/score_ratings.py"
