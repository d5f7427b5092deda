"""Movie ratings: from the source to a table and its split.

REQUIRED INPUTS: the release or a person's own tables, or nothing where the ratings are drawn
OUTPUTS: data/movies/{dataset}/source.json
         results/movies/{dataset}/ratings.h5, movies.csv, users.csv, items.csv, seen.h5,
         links.csv, reading.json, split.h5, and of own tables dropped_rows.csv
"""


rule draw_demo_ratings:
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
        demo=section("movies/{dataset}/source/demo"),
    message:
        "Draw ratings with planted biases and factors for {wildcards.dataset}"
    script:
        "../../workflow/scripts/movies/ratings/draw_demo_ratings.py"


rule read_ratings:
    input:
        source="data/movies/{dataset}/source.json",
        state=source_state("movies"),
    output:
        **movies_paths.READ,
    log:
        "results/logs/movies/{dataset}/read_ratings.log",
    benchmark:
        "results/benchmarks/movies/{dataset}/read_ratings.tsv"
    wildcard_constraints:
        dataset=one_of(names_of_kind("movies", "demo", "movielens")),
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(500),
    params:
        code=code("movies/ratings/read_ratings.py"),
    message:
        "Read the ratings of {wildcards.dataset}, and check them against the release's README"
    script:
        "../../workflow/scripts/movies/ratings/read_ratings.py"


rule read_own_ratings:
    input:
        source=source_if_present("movies"),
        item_table=own_table("movies", "items.path"),
    output:
        **movies_paths.READ,
        dropped=movies_paths.DROPPED,
    log:
        "results/logs/movies/{dataset}/read_own_ratings.log",
    benchmark:
        "results/benchmarks/movies/{dataset}/read_own_ratings.tsv"
    wildcard_constraints:
        dataset=one_of(names_of_kind("movies", "table")),
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(1500),
    params:
        code=code("movies/ratings/read_own_ratings.py"),
        path=source_path("movies"),
        item_table=item_table_path,
        table=section("movies/{dataset}/source/table"),
    message:
        "Read the ratings of {wildcards.dataset} from tables of one's own"
    script:
        "../../workflow/scripts/movies/ratings/read_own_ratings.py"


rule split_ratings:
    input:
        ratings=movies_paths.RATINGS,
    output:
        split=movies_paths.SPLIT,
    log:
        "results/logs/movies/{dataset}/split_ratings.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("movies/ratings/split_ratings.py"),
        split=section("movies/{dataset}/split"),
    message:
        "Draw the ratings of {wildcards.dataset} that train"
    script:
        "../../workflow/scripts/movies/ratings/split_ratings.py"
