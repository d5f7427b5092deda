"""Word vectors of reviews: random, made from the text, and GloVe's."""


rule draw_vectors:
    """Random vectors: the control for vectors that know something."""
    input:
        vocabulary="results/reviews/{dataset}/vocabulary.csv",
    output:
        vectors="results/reviews/{dataset}/vectors/random.h5",
    log:
        "results/logs/reviews/{dataset}/draw_vectors.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("reviews/vectors/draw_vectors.py"),
        vocabulary=lookup(within=config, dpath="reviews/{dataset}/tokens/vocabulary"),
        width=lookup(within=config, dpath="reviews/{dataset}/vectors/width"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Draw random word vectors for {wildcards.dataset}"
    script:
        "../../workflow/scripts/reviews/vectors/draw_vectors.py"


rule make_text_vectors:
    """Vectors from the reviews alone: which of eleven words' middle ones was replaced?"""
    input:
        reviews="results/reviews/{dataset}/reviews.csv",
        tokens="results/reviews/{dataset}/tokens.h5",
        split="results/reviews/{dataset}/split.csv",
    output:
        vectors="results/reviews/{dataset}/vectors/text.h5",
        history="results/reviews/{dataset}/vectors/task_history.csv",
        task="results/reviews/{dataset}/vectors/task.json",
    log:
        "results/logs/reviews/{dataset}/make_text_vectors.log",
    benchmark:
        "results/benchmarks/reviews/{dataset}/make_text_vectors.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2500),
        runtime=30,
    params:
        code=code("reviews/vectors/make_text_vectors.py"),
        vocabulary=lookup(within=config, dpath="reviews/{dataset}/tokens/vocabulary"),
        width=lookup(within=config, dpath="reviews/{dataset}/vectors/width"),
        windows=lookup(within=config, dpath="reviews/{dataset}/vectors/windows"),
        schedule=lookup(within=config, dpath="reviews/{dataset}/vectors/windows_schedule"),
        optimizer=lookup(within=config, dpath="reviews/{dataset}/networks/optimizer"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Make word vectors from the reviews of {wildcards.dataset}"
    script:
        "../../workflow/scripts/reviews/vectors/make_text_vectors.py"


rule read_glove_vectors:
    """GloVe's vectors of the words in use; words without one get a random one."""
    input:
        vocabulary="results/reviews/{dataset}/vocabulary.csv",
        glove=reviews_file_if_present("vectors", "glove"),
    output:
        vectors="results/reviews/{dataset}/vectors/glove.h5",
        report="results/reviews/{dataset}/vectors/glove.json",
    log:
        "results/logs/reviews/{dataset}/read_glove_vectors.log",
    benchmark:
        "results/benchmarks/reviews/{dataset}/read_glove_vectors.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(500),
        runtime=30,
    params:
        code=code("reviews/vectors/read_glove_vectors.py"),
        vocabulary=lookup(within=config, dpath="reviews/{dataset}/tokens/vocabulary"),
        width=lookup(within=config, dpath="reviews/{dataset}/vectors/width"),
        path=reviews_file("vectors", "glove"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Read GloVe vectors for {wildcards.dataset}"
    script:
        "../../workflow/scripts/reviews/vectors/read_glove_vectors.py"
