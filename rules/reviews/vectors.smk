"""Word vectors: random ones, GloVe's where its file is given, and those made from the reviews.

REQUIRED INPUTS: results/reviews/{dataset}/reviews.csv, tokens.h5, vocabulary.csv, split.csv,
                 the file of GloVe's vectors that the configuration names
OUTPUTS: results/reviews/{dataset}/vectors/{random,glove,text}.h5, glove.json, task_history.csv,
         task.json
"""

for suffix, kinds, sets in alike("reviews", reviews_plan.given_vectors):

    rule:
        name:
            f"make_vectors{suffix}"
        input:
            vocabulary=reviews_paths.VOCABULARY,
            glove=reviews_file_if_present("vectors", "glove"),
        output:
            random="results/reviews/{dataset}/vectors/random.h5",
            glove=reviews_plan.glove_files(kinds),
        log:
            "results/logs/reviews/{dataset}/make_vectors.log",
        wildcard_constraints:
            dataset=sets,
        localrule: True
        conda:
            "../../envs/base.yaml"
        params:
            code=code("reviews/vectors/make_vectors.py"),
            vocabulary=lookup(within=config, dpath="reviews/{dataset}/tokens/vocabulary"),
            width=lookup(within=config, dpath="reviews/{dataset}/vectors/width"),
            path=reviews_file("vectors", "glove"),
            seed=config["seed"],
        message:
            "Draw random word vectors for {wildcards.dataset}, and read GloVe's where given"
        script:
            "../../workflow/scripts/reviews/vectors/make_vectors.py"


rule make_text_vectors:
    input:
        **reviews_paths.WORDS,
    output:
        vectors="results/reviews/{dataset}/vectors/text.h5",
        history="results/reviews/{dataset}/vectors/task_history.csv",
        task=reviews_paths.VECTOR_TASK,
    log:
        "results/logs/reviews/{dataset}/make_text_vectors.log",
    benchmark:
        "results/benchmarks/reviews/{dataset}/make_text_vectors.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory(2500),
    params:
        code=code("reviews/vectors/make_text_vectors.py"),
        vocabulary=lookup(within=config, dpath="reviews/{dataset}/tokens/vocabulary"),
        vectors=section("reviews/{dataset}/vectors", "width", "windows"),
        schedule=lookup(within=config, dpath="reviews/{dataset}/vectors/windows_schedule"),
        optimizer=lookup(within=config, dpath="reviews/{dataset}/networks/optimizer"),
        seed=config["seed"],
    message:
        "Make word vectors of {wildcards.dataset} by telling replaced words from true ones"
    script:
        "../../workflow/scripts/reviews/vectors/make_text_vectors.py"
