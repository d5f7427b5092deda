"""Movie reviews: source, tokens, split, duplicates."""


rule write_demo_reviews:
    """Made-up reviews whose sentiment lies in the order of words as well as in words."""
    output:
        archive="data/reviews/{dataset}/aclImdb.tar",
    log:
        "results/logs/reviews/{dataset}/write_demo_reviews.log",
    wildcard_constraints:
        dataset=one_of(names_of_kind("reviews", "demo")),
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("reviews/corpus/write_demo_reviews.py"),
        train=lookup(within=config, dpath="reviews/{dataset}/source/demo/train"),
        test=lookup(within=config, dpath="reviews/{dataset}/source/demo/test"),
        seed=lookup(within=config, dpath="reviews/{dataset}/source/demo/seed"),
    message:
        "Write the demo reviews of {wildcards.dataset}"
    script:
        "../../workflow/scripts/reviews/corpus/write_demo_reviews.py"


rule tokenise_reviews:
    """Texts as indices of words, and of words and marks, by frequency; how long the reviews are."""
    input:
        source=source_if_present("reviews"),
        word_index=reviews_file_if_present("tokens", "word_index"),
    output:
        reviews="results/reviews/{dataset}/reviews.csv",
        vocabulary="results/reviews/{dataset}/vocabulary.csv",
        tokens="results/reviews/{dataset}/tokens.h5",
        marked_vocabulary="results/reviews/{dataset}/marked_vocabulary.csv",
        marked_tokens="results/reviews/{dataset}/marked_tokens.h5",
        statistics="results/reviews/{dataset}/token_statistics.json",
    log:
        "results/logs/reviews/{dataset}/tokenise_reviews.log",
    benchmark:
        "results/benchmarks/reviews/{dataset}/tokenise_reviews.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(1000),
        runtime=30,
    params:
        code=code("reviews/corpus/tokenise_reviews.py"),
        path=source_path("reviews"),
        word_index=reviews_file("tokens", "word_index"),
    message:
        "Read and tokenise the reviews of {wildcards.dataset}"
    script:
        "../../workflow/scripts/reviews/corpus/tokenise_reviews.py"


rule split_reviews:
    """Validation cut from the training reviews by film; the test part is the publisher's."""
    input:
        reviews="results/reviews/{dataset}/reviews.csv",
    output:
        split="results/reviews/{dataset}/split.csv",
    log:
        "results/logs/reviews/{dataset}/split_reviews.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("reviews/corpus/split_reviews.py"),
        valid_share=lookup(within=config, dpath="reviews/{dataset}/split/valid_share"),
        seed=lookup(within=config, dpath="reviews/{dataset}/split/seed"),
    message:
        "Split the reviews of {wildcards.dataset} by film"
    script:
        "../../workflow/scripts/reviews/corpus/split_reviews.py"


rule find_duplicates:
    """Reviews that stand there twice, word for word or nearly so."""
    input:
        reviews="results/reviews/{dataset}/reviews.csv",
        tokens="results/reviews/{dataset}/tokens.h5",
    output:
        pairs="results/reviews/{dataset}/duplicates.csv",
        counts="results/reviews/{dataset}/duplicates.json",
    log:
        "results/logs/reviews/{dataset}/find_duplicates.log",
    benchmark:
        "results/benchmarks/reviews/{dataset}/find_duplicates.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(1500),
        runtime=30,
    params:
        code=code("reviews/corpus/find_duplicates.py"),
        size=lookup(within=config, dpath="reviews/{dataset}/duplicates/size"),
        similarity=lookup(within=config, dpath="reviews/{dataset}/duplicates/similarity"),
    message:
        "Look for duplicates among the reviews of {wildcards.dataset}"
    script:
        "../../workflow/scripts/reviews/corpus/find_duplicates.py"
