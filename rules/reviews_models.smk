"""Models of reviews: the lesson's networks, linear models, the ensemble, and their scores.

REQUIRED INPUTS: reviews.csv, tokens.h5, marked_vocabulary.csv, marked_tokens.h5, split.csv of a review set
OUTPUTS: results/reviews/{dataset}/{network}/model.keras, history.csv, runs_{valid,test}.csv
         results/reviews/{dataset}/{linear}/model.h5, runs_{valid,test}.csv
         results/reviews/{dataset}/{documents}/runs_{valid,test}.csv
         results/reviews/{dataset}/ensemble/weights.json, {ensemble,ensemble_equal,ensemble_inductive}/runs_*.csv
         results/reviews/{dataset}/{model}/metrics_{valid,test}.json
"""


rule fit_network:
    """A network of the lesson; validation films choose the epoch, the test is asked once a seed."""
    input:
        reviews="results/reviews/{dataset}/reviews.csv",
        tokens="results/reviews/{dataset}/tokens.h5",
        split="results/reviews/{dataset}/split.csv",
    output:
        model="results/reviews/{dataset}/{network}/model.keras",
        history="results/reviews/{dataset}/{network}/history.csv",
        valid="results/reviews/{dataset}/{network}/runs_valid.csv",
        test="results/reviews/{dataset}/{network}/runs_test.csv",
    log:
        "results/logs/reviews/{dataset}/fit_{network}.log",
    benchmark:
        "results/benchmarks/reviews/{dataset}/fit_{network}.tsv"
    wildcard_constraints:
        network=one_of(reviews_plan.PLAIN_NETWORKS),
    conda:
        "../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2000),
        runtime=30,
    params:
        code=code("fit_network.py"),
        vocabulary=lookup(within=config, dpath="reviews/{dataset}/tokens/vocabulary"),
        length=lookup(within=config, dpath="reviews/{dataset}/tokens/length"),
        padding=lookup(within=config, dpath="reviews/{dataset}/tokens/padding"),
        truncating=lookup(within=config, dpath="reviews/{dataset}/tokens/truncating"),
        schedule=lookup(within=config, dpath="reviews/{dataset}/networks/schedules/{network}"),
        optimizer=lookup(within=config, dpath="reviews/{dataset}/networks/optimizer"),
        batch_size=lookup(within=config, dpath="reviews/{dataset}/networks/batch_size"),
        seeds=lookup(within=config, dpath="reviews/{dataset}/networks/seeds"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Train {wildcards.network} on the reviews of {wildcards.dataset}"
    script:
        "../workflow/scripts/fit_network.py"


rule fit_multi_size:
    """Convolutions over three, four and five words, from GloVe or the text's own vectors on."""
    input:
        reviews="results/reviews/{dataset}/reviews.csv",
        tokens="results/reviews/{dataset}/tokens.h5",
        split="results/reviews/{dataset}/split.csv",
        vectors=lambda wildcards: (
            "results/reviews/{dataset}/vectors/"
            f"{reviews_plan.best_vectors(config, wildcards.dataset)}.h5"
        ),
    output:
        model="results/reviews/{dataset}/multi_size/model.keras",
        history="results/reviews/{dataset}/multi_size/history.csv",
        valid="results/reviews/{dataset}/multi_size/runs_valid.csv",
        test="results/reviews/{dataset}/multi_size/runs_test.csv",
    log:
        "results/logs/reviews/{dataset}/fit_multi_size.log",
    benchmark:
        "results/benchmarks/reviews/{dataset}/fit_multi_size.tsv"
    priority: 1
    conda:
        "../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2000),
        runtime=30,
    params:
        code=code("fit_multi_size.py"),
        length=lookup(within=config, dpath="reviews/{dataset}/tokens/length"),
        padding=lookup(within=config, dpath="reviews/{dataset}/tokens/padding"),
        truncating=lookup(within=config, dpath="reviews/{dataset}/tokens/truncating"),
        schedule=lookup(within=config, dpath="reviews/{dataset}/networks/schedules/multi_size"),
        optimizer=lookup(within=config, dpath="reviews/{dataset}/networks/optimizer"),
        batch_size=lookup(within=config, dpath="reviews/{dataset}/networks/batch_size"),
        seeds=lookup(within=config, dpath="reviews/{dataset}/networks/seeds"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Train convolutions of several sizes on the reviews of {wildcards.dataset}"
    script:
        "../workflow/scripts/fit_multi_size.py"


rule fit_bigram_average:
    """The mean of the vectors of words and pairs of words, as fastText."""
    input:
        reviews="results/reviews/{dataset}/reviews.csv",
        tokens="results/reviews/{dataset}/tokens.h5",
        split="results/reviews/{dataset}/split.csv",
    output:
        model="results/reviews/{dataset}/bigram_average/model.keras",
        history="results/reviews/{dataset}/bigram_average/history.csv",
        valid="results/reviews/{dataset}/bigram_average/runs_valid.csv",
        test="results/reviews/{dataset}/bigram_average/runs_test.csv",
    log:
        "results/logs/reviews/{dataset}/fit_bigram_average.log",
    benchmark:
        "results/benchmarks/reviews/{dataset}/fit_bigram_average.tsv"
    conda:
        "../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2000),
        runtime=30,
    params:
        code=code("fit_bigram_average.py"),
        length=lookup(within=config, dpath="reviews/{dataset}/tokens/length"),
        truncating=lookup(within=config, dpath="reviews/{dataset}/tokens/truncating"),
        fewest=lookup(within=config, dpath="reviews/{dataset}/networks/fewest"),
        schedule=lookup(within=config, dpath="reviews/{dataset}/networks/schedules/bigram_average"),
        optimizer=lookup(within=config, dpath="reviews/{dataset}/networks/optimizer"),
        batch_size=lookup(within=config, dpath="reviews/{dataset}/networks/batch_size"),
        seeds=lookup(within=config, dpath="reviews/{dataset}/networks/seeds"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Train the average of pairs of words on the reviews of {wildcards.dataset}"
    script:
        "../workflow/scripts/fit_bigram_average.py"


rule fit_linear:
    """A bag of words, or runs of words weighted by frequency or by naive Bayes."""
    input:
        reviews="results/reviews/{dataset}/reviews.csv",
        tokens="results/reviews/{dataset}/marked_tokens.h5",
        split="results/reviews/{dataset}/split.csv",
        vocabulary="results/reviews/{dataset}/marked_vocabulary.csv",
    output:
        model="results/reviews/{dataset}/{linear}/model.h5",
        valid="results/reviews/{dataset}/{linear}/runs_valid.csv",
        test="results/reviews/{dataset}/{linear}/runs_test.csv",
    log:
        "results/logs/reviews/{dataset}/fit_linear_{linear}.log",
    benchmark:
        "results/benchmarks/reviews/{dataset}/fit_linear_{linear}.tsv"
    wildcard_constraints:
        linear=one_of(reviews_plan.LINEAR),
    conda:
        "../envs/base.yaml"
    resources:
        mem_mb=memory(1000),
        runtime=30,
    params:
        code=code("fit_linear.py"),
        longest=lookup(within=config, dpath="reviews/{dataset}/linear/longest"),
        fewest=lookup(within=config, dpath="reviews/{dataset}/linear/fewest"),
        strengths=lookup(within=config, dpath="reviews/{dataset}/linear/strengths"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Fit {wildcards.linear} to the reviews of {wildcards.dataset}"
    script:
        "../workflow/scripts/fit_linear.py"


rule fit_documents:
    """A vector a review from texts, those for training or unlabelled ones too, and a regression."""
    input:
        reviews="results/reviews/{dataset}/reviews.csv",
        tokens="results/reviews/{dataset}/marked_tokens.h5",
        split="results/reviews/{dataset}/split.csv",
        vocabulary="results/reviews/{dataset}/marked_vocabulary.csv",
    output:
        valid="results/reviews/{dataset}/{documents}/runs_valid.csv",
        test="results/reviews/{dataset}/{documents}/runs_test.csv",
    log:
        "results/logs/reviews/{dataset}/fit_{documents}.log",
    benchmark:
        "results/benchmarks/reviews/{dataset}/fit_{documents}.tsv"
    wildcard_constraints:
        documents=one_of(reviews_plan.DOCUMENTS),
    priority: 1
    conda:
        "../envs/base.yaml"
    resources:
        mem_mb=memory(2000),
        runtime=30,
    params:
        code=code("fit_documents.py"),
        longest=lookup(within=config, dpath="reviews/{dataset}/linear/longest"),
        fewest=lookup(within=config, dpath="reviews/{dataset}/documents/fewest"),
        dimensions=lookup(within=config, dpath="reviews/{dataset}/documents/dimensions"),
        passes=lookup(within=config, dpath="reviews/{dataset}/documents/passes"),
        rate=lookup(within=config, dpath="reviews/{dataset}/documents/rate"),
        strengths=lookup(within=config, dpath="reviews/{dataset}/documents/strengths"),
        seeds=lookup(within=config, dpath="reviews/{dataset}/documents/seeds"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Fit {wildcards.documents} to the reviews of {wildcards.dataset}"
    script:
        "../workflow/scripts/fit_documents.py"


rule fit_ensemble:
    """Weights of all models by the validation films; controls are equal weights and no test text."""
    input:
        valid=members_runs("valid"),
        test=members_runs("test"),
    output:
        weights="results/reviews/{dataset}/ensemble/weights.json",
        valid="results/reviews/{dataset}/ensemble/runs_valid.csv",
        test="results/reviews/{dataset}/ensemble/runs_test.csv",
        equal_valid="results/reviews/{dataset}/ensemble_equal/runs_valid.csv",
        equal_test="results/reviews/{dataset}/ensemble_equal/runs_test.csv",
        inductive_valid="results/reviews/{dataset}/ensemble_inductive/runs_valid.csv",
        inductive_test="results/reviews/{dataset}/ensemble_inductive/runs_test.csv",
    log:
        "results/logs/reviews/{dataset}/fit_ensemble.log",
    benchmark:
        "results/benchmarks/reviews/{dataset}/fit_ensemble.tsv"
    conda:
        "../envs/base.yaml"
    resources:
        mem_mb=memory(600),
        runtime=30,
    params:
        code=code("fit_ensemble.py"),
        members=lambda wildcards: list(reviews_plan.members(config, wildcards.dataset)),
        transductive=reviews_plan.TRANSDUCTIVE,
        seed=lookup(within=config, dpath="seed"),
    message:
        "Weigh the models of {wildcards.dataset}"
    script:
        "../workflow/scripts/fit_ensemble.py"


rule score_reviews:
    """Log loss and accuracy, with intervals over films."""
    input:
        valid="results/reviews/{dataset}/{model}/runs_valid.csv",
        test="results/reviews/{dataset}/{model}/runs_test.csv",
    output:
        valid="results/reviews/{dataset}/{model}/metrics_valid.json",
        test="results/reviews/{dataset}/{model}/metrics_test.json",
    log:
        "results/logs/reviews/{dataset}/score_reviews_{model}.log",
    wildcard_constraints:
        model=r"[a-z_]+",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("score_reviews.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score {wildcards.model} on the reviews of {wildcards.dataset}"
    script:
        "../workflow/scripts/score_reviews.py"
