"""Movie ratings: what each model recommends first, judged as a ranking, and the blend of them.

REQUIRED INPUTS: results/movies/{dataset}/ratings.h5, movies.csv, split.h5, seen.h5, reading.json
OUTPUTS: results/movies/{dataset}/ranking/lists.h5, blend.json, peers/{model}.h5
         results/movies/{dataset}/recommender/taste.h5
"""

RANKING_PEERS_PROGRAM = SCRIPTS.parent / "peers/rank.py"


rule rank_movies:
    input:
        **movies_paths.TABLES,
        seen=movies_paths.SEEN,
    output:
        lists=movies_paths.LISTS,
        blend=movies_paths.BLEND,
        taste=movies_paths.TASTE,
    log:
        "results/logs/movies/{dataset}/rank_movies.log",
    benchmark:
        "results/benchmarks/movies/{dataset}/rank_movies.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(1500),
    params:
        code=code("movies/ranking/rank_movies.py"),
        study=lambda wildcards: movies_plan.ranking_study(config, **wildcards),
        seed=config["seed"],
    message:
        "Rank the movies of {wildcards.dataset} for each user by all models, and blend them"
    script:
        "../../workflow/scripts/movies/ranking/rank_movies.py"


rule rank_with_peer:
    input:
        lists=movies_paths.LISTS,
        ratings=movies_paths.RATINGS,
        split=movies_paths.SPLIT,
    output:
        lists=movies_paths.PEER_LISTS,
    log:
        "results/logs/movies/{dataset}/rank_{model}.log",
    benchmark:
        "results/benchmarks/movies/{dataset}/rank_{model}.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(3500),
    params:
        code=code("movies/ranking/rank_with_peer.py"),
        program_code=code_hash(RANKING_PEERS_PROGRAM),
        versions=PEERS_VERSIONS,
        program=os.path.relpath(RANKING_PEERS_PROGRAM),
        environment=movies_plan.PEERS_ENVIRONMENT,
        split=section("movies/{dataset}/split", "train_share"),
        seed=config["seed"],
    message:
        "Rank with {wildcards.model} on {wildcards.dataset}, in the peers' own environment"
    script:
        "../../workflow/scripts/movies/ranking/rank_with_peer.py"
