"""Reviews: source, tokens, split, duplicates.

REQUIRED INPUTS: the archive or folder aclImdb, or the tables, that the configuration names; none
                 for a demo
OUTPUTS: results/reviews/{dataset}/reviews.csv, about.json, dropped_rows.csv, vocabulary.csv, tokens.h5, marked_vocabulary.csv,
         marked_tokens.h5, unlabelled_tokens.h5, token_statistics.json, split.csv, duplicates.csv, duplicates.json
"""


rule write_demo_reviews:
    output:
        archive="data/reviews/{dataset}/aclImdb.tar",
        vectors=locations.DEMO_VECTORS,
    log:
        "results/logs/reviews/{dataset}/write_demo_reviews.log",
    wildcard_constraints:
        dataset=one_of(names_of_kind("reviews", "demo")),
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("reviews/corpus/write_demo_reviews.py"),
        demo=section("reviews/{dataset}/source/demo", "train", "test", "seed"),
        width=lookup(within=config, dpath="reviews/{dataset}/vectors/width"),
    message:
        "Write the demo reviews of {wildcards.dataset}, whose sentiment also lies in the word order"
    script:
        "../../workflow/scripts/reviews/corpus/write_demo_reviews.py"


rule tokenise_reviews:
    input:
        source=source_if_present("reviews"),
        test=own_table("reviews", "test"),
        unlabelled=own_table("reviews", "unlabelled"),
        word_index=reviews_file_if_present("tokens", "word_index"),
    output:
        **reviews_paths.READ,
    log:
        "results/logs/reviews/{dataset}/tokenise_reviews.log",
    benchmark:
        "results/benchmarks/reviews/{dataset}/tokenise_reviews.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(1000),
    params:
        code=code("reviews/corpus/tokenise_reviews.py"),
        path=source_path("reviews"),
        films=settings_of_films,
        table=own_tables,
        seed=lookup(within=config, dpath="reviews/{dataset}/split/seed"),
        duplicates=section("reviews/{dataset}/duplicates", "size", "similarity"),
        word_index=reviews_file("tokens", "word_index"),
    message:
        "Split the reviews of {wildcards.dataset} into words, and into words and marks"
    script:
        "../../workflow/scripts/reviews/corpus/tokenise_reviews.py"


rule split_reviews:
    input:
        **reviews_paths.NUMBERED_TEXTS,
        about=reviews_paths.ABOUT,
    output:
        split=reviews_paths.SPLIT,
    log:
        "results/logs/reviews/{dataset}/split_reviews.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("reviews/corpus/split_reviews.py"),
        split=section("reviews/{dataset}/split", "valid_share", "seed"),
        duplicates=section("reviews/{dataset}/duplicates", "size", "similarity"),
    message:
        "Hold out films of {wildcards.dataset}, or groups of one's own, for validation"
    script:
        "../../workflow/scripts/reviews/corpus/split_reviews.py"


rule find_duplicates:
    input:
        **reviews_paths.NUMBERED_TEXTS,
    output:
        pairs=reviews_paths.DUPLICATES,
        counts=reviews_paths.DUPLICATE_COUNTS,
    log:
        "results/logs/reviews/{dataset}/find_duplicates.log",
    benchmark:
        "results/benchmarks/reviews/{dataset}/find_duplicates.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(1500),
    params:
        code=code("reviews/corpus/find_duplicates.py"),
        duplicates=section("reviews/{dataset}/duplicates", "size", "similarity"),
    message:
        "Find reviews of {wildcards.dataset} that are equal word for word, or nearly so"
    script:
        "../../workflow/scripts/reviews/corpus/find_duplicates.py"
