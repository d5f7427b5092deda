"""Word vectors of reviews: random, made from the text, and GloVe's, in one network.

REQUIRED INPUTS: reviews.csv, vocabulary.csv, tokens.h5, split.csv of a review set; GloVe's file
                 where `reviews: {dataset}: vectors: glove` names one
OUTPUTS: results/reviews/{dataset}/vectors/{random,text,glove}.h5, task.json, task_history.csv,
         glove.json, map_{text,glove}.png
         results/reviews/{dataset}/{vectors}_{frozen,tuned}/model.keras, history.csv,
         runs_{valid,test}.csv
"""


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
        "../envs/base.yaml"
    params:
        code=code("draw_vectors.py"),
        vocabulary=lookup(within=config, dpath="reviews/{dataset}/tokens/vocabulary"),
        width=lookup(within=config, dpath="reviews/{dataset}/vectors/width"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Draw random word vectors for {wildcards.dataset}"
    script:
        "../workflow/scripts/draw_vectors.py"


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
        "../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2500),
        runtime=30,
    params:
        code=code("make_text_vectors.py"),
        vocabulary=lookup(within=config, dpath="reviews/{dataset}/tokens/vocabulary"),
        width=lookup(within=config, dpath="reviews/{dataset}/vectors/width"),
        windows=lookup(within=config, dpath="reviews/{dataset}/vectors/windows"),
        schedule=lookup(within=config, dpath="reviews/{dataset}/vectors/windows_schedule"),
        optimizer=lookup(within=config, dpath="reviews/{dataset}/networks/optimizer"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Make word vectors from the reviews of {wildcards.dataset}"
    script:
        "../workflow/scripts/make_text_vectors.py"


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
        "../envs/base.yaml"
    resources:
        mem_mb=memory(500),
        runtime=30,
    params:
        code=code("read_glove_vectors.py"),
        vocabulary=lookup(within=config, dpath="reviews/{dataset}/tokens/vocabulary"),
        width=lookup(within=config, dpath="reviews/{dataset}/vectors/width"),
        path=reviews_file("vectors", "glove"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Read GloVe vectors for {wildcards.dataset}"
    script:
        "../workflow/scripts/read_glove_vectors.py"


rule fit_on_vectors:
    """One network on given vectors, frozen and then really trained; every seed."""
    input:
        reviews="results/reviews/{dataset}/reviews.csv",
        tokens="results/reviews/{dataset}/tokens.h5",
        split="results/reviews/{dataset}/split.csv",
        vectors="results/reviews/{dataset}/vectors/{vectors}.h5",
    output:
        frozen=[
            "results/reviews/{dataset}/{vectors}_frozen/model.keras",
            "results/reviews/{dataset}/{vectors}_frozen/history.csv",
            "results/reviews/{dataset}/{vectors}_frozen/runs_valid.csv",
            "results/reviews/{dataset}/{vectors}_frozen/runs_test.csv",
        ],
        tuned=[
            "results/reviews/{dataset}/{vectors}_tuned/model.keras",
            "results/reviews/{dataset}/{vectors}_tuned/history.csv",
            "results/reviews/{dataset}/{vectors}_tuned/runs_valid.csv",
            "results/reviews/{dataset}/{vectors}_tuned/runs_test.csv",
        ],
    log:
        "results/logs/reviews/{dataset}/fit_on_vectors_{vectors}.log",
    benchmark:
        "results/benchmarks/reviews/{dataset}/fit_on_vectors_{vectors}.tsv"
    priority: 1
    conda:
        "../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2500),
        runtime=60,
    params:
        code=code("fit_on_vectors.py"),
        length=lookup(within=config, dpath="reviews/{dataset}/tokens/length"),
        padding=lookup(within=config, dpath="reviews/{dataset}/tokens/padding"),
        truncating=lookup(within=config, dpath="reviews/{dataset}/tokens/truncating"),
        frozen_schedule=lookup(within=config, dpath="reviews/{dataset}/vectors/frozen_schedule"),
        tuned_schedule=lookup(within=config, dpath="reviews/{dataset}/vectors/tuned_schedule"),
        optimizer=lookup(within=config, dpath="reviews/{dataset}/networks/optimizer"),
        batch_size=lookup(within=config, dpath="reviews/{dataset}/networks/batch_size"),
        seeds=lookup(within=config, dpath="reviews/{dataset}/networks/seeds"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Train on {wildcards.vectors} vectors of {wildcards.dataset}"
    script:
        "../workflow/scripts/fit_on_vectors.py"


rule plot_vectors:
    """The 350 most frequent words, like words near each other."""
    input:
        vocabulary="results/reviews/{dataset}/vocabulary.csv",
        vectors="results/reviews/{dataset}/vectors/{vectors}.h5",
    output:
        plot=report(
            "results/reviews/{dataset}/vectors/map_{vectors}.png",
            caption="../workflow/report/word_map.rst",
            category="5 Reviews",
            subcategory="{dataset}",
            labels={"what": "word vectors, {vectors}"},
        ),
    log:
        "results/logs/reviews/{dataset}/plot_vectors_{vectors}.log",
    benchmark:
        "results/benchmarks/reviews/{dataset}/plot_vectors_{vectors}.tsv"
    conda:
        "../envs/base.yaml"
    resources:
        mem_mb=memory(1000),
        runtime=30,
    params:
        code=code("plot_vectors.py"),
        vectors=lambda wildcards: wildcards.vectors,
        vocabulary=lookup(within=config, dpath="reviews/{dataset}/tokens/vocabulary"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Map the most frequent words of {wildcards.dataset} by {wildcards.vectors} vectors"
    script:
        "../workflow/scripts/plot_vectors.py"
