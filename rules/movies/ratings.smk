"""Movie ratings: from the source to a table and its split."""


rule draw_demo_ratings:
    """Ratings with planted biases, factors, genres and years."""
    output:
        source="data/movies/{dataset}/source.json",
    log:
        "results/logs/movies/{dataset}/draw_demo_ratings.log",
    wildcard_constraints:
        dataset=one_of(names_of_kind("movies", "demo")),
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("movies/ratings/draw_demo_ratings.py"),
        users=lookup(within=config, dpath="movies/{dataset}/source/demo/users"),
        movies=lookup(within=config, dpath="movies/{dataset}/source/demo/movies"),
        ratings=lookup(within=config, dpath="movies/{dataset}/source/demo/ratings"),
        seed=lookup(within=config, dpath="movies/{dataset}/source/demo/seed"),
    message:
        "Draw the demo ratings of {wildcards.dataset}"
    script:
        "../../workflow/scripts/movies/ratings/draw_demo_ratings.py"


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
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("sources/unpack_source.py"),
        path=source_path("movies"),
    message:
        "Unpack the ratings of {wildcards.dataset}"
    script:
        "../../workflow/scripts/sources/unpack_source.py"


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
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(500),
        runtime=30,
    params:
        code=code("movies/ratings/read_ratings.py"),
    message:
        "Read and check the ratings of {wildcards.dataset}"
    script:
        "../../workflow/scripts/movies/ratings/read_ratings.py"


rule split_ratings:
    """A random share of the ratings trains, as in the lesson."""
    input:
        ratings="results/movies/{dataset}/ratings.h5",
    output:
        split="results/movies/{dataset}/split.h5",
    log:
        "results/logs/movies/{dataset}/split_ratings.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("movies/ratings/split_ratings.py"),
        train_share=lookup(within=config, dpath="movies/{dataset}/split/train_share"),
        seed=lookup(within=config, dpath="movies/{dataset}/split/seed"),
    message:
        "Split the ratings of {wildcards.dataset}"
    script:
        "../../workflow/scripts/movies/ratings/split_ratings.py"
