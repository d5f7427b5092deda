"""Models of reviews: networks, linear models, document vectors, and their scores."""


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
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2000),
        runtime=30,
    params:
        code=code("reviews/models/fit_network.py"),
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
        "../../workflow/scripts/reviews/models/fit_network.py"


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
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2000),
        runtime=30,
    params:
        code=code("reviews/models/fit_multi_size.py"),
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
        "../../workflow/scripts/reviews/models/fit_multi_size.py"


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
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2000),
        runtime=30,
    params:
        code=code("reviews/models/fit_bigram_average.py"),
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
        "../../workflow/scripts/reviews/models/fit_bigram_average.py"


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
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2500),
        runtime=60,
    params:
        code=code("reviews/models/fit_on_vectors.py"),
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
        "../../workflow/scripts/reviews/models/fit_on_vectors.py"


rule pretrain_lstm:
    """The lesson's LSTM learns which word comes next in the training texts, without a label."""
    input:
        reviews="results/reviews/{dataset}/reviews.csv",
        tokens="results/reviews/{dataset}/tokens.h5",
        split="results/reviews/{dataset}/split.csv",
    output:
        reader="results/reviews/{dataset}/lstm_pretrained/reader.keras",
        history="results/reviews/{dataset}/lstm_pretrained/reading_history.csv",
    log:
        "results/logs/reviews/{dataset}/pretrain_lstm.log",
    benchmark:
        "results/benchmarks/reviews/{dataset}/pretrain_lstm.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2000),
        runtime=60,
    params:
        code=code("reviews/models/pretrain_lstm.py"),
        vocabulary=lookup(within=config, dpath="reviews/{dataset}/tokens/vocabulary"),
        schedule=lookup(within=config, dpath="reviews/{dataset}/networks/reading_schedule"),
        optimizer=lookup(within=config, dpath="reviews/{dataset}/networks/optimizer"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Let an LSTM read the reviews of {wildcards.dataset}, without labels"
    script:
        "../../workflow/scripts/reviews/models/pretrain_lstm.py"


rule fit_lstm_pretrained:
    """The lesson's LSTM from what it learned by reading on; every seed."""
    input:
        reviews="results/reviews/{dataset}/reviews.csv",
        tokens="results/reviews/{dataset}/tokens.h5",
        split="results/reviews/{dataset}/split.csv",
        reader="results/reviews/{dataset}/lstm_pretrained/reader.keras",
    output:
        model="results/reviews/{dataset}/lstm_pretrained/model.keras",
        history="results/reviews/{dataset}/lstm_pretrained/history.csv",
        valid="results/reviews/{dataset}/lstm_pretrained/runs_valid.csv",
        test="results/reviews/{dataset}/lstm_pretrained/runs_test.csv",
    log:
        "results/logs/reviews/{dataset}/fit_lstm_pretrained.log",
    benchmark:
        "results/benchmarks/reviews/{dataset}/fit_lstm_pretrained.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2000),
        runtime=60,
    params:
        code=code("reviews/models/fit_lstm_pretrained.py"),
        vocabulary=lookup(within=config, dpath="reviews/{dataset}/tokens/vocabulary"),
        length=lookup(within=config, dpath="reviews/{dataset}/tokens/length"),
        padding=lookup(within=config, dpath="reviews/{dataset}/tokens/padding"),
        truncating=lookup(within=config, dpath="reviews/{dataset}/tokens/truncating"),
        schedule=lookup(within=config, dpath="reviews/{dataset}/networks/schedules/lstm_pretrained"),
        optimizer=lookup(within=config, dpath="reviews/{dataset}/networks/optimizer"),
        batch_size=lookup(within=config, dpath="reviews/{dataset}/networks/batch_size"),
        seeds=lookup(within=config, dpath="reviews/{dataset}/networks/seeds"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Train the LSTM that has read the reviews of {wildcards.dataset}"
    script:
        "../../workflow/scripts/reviews/models/fit_lstm_pretrained.py"


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
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(1000),
        runtime=30,
    params:
        code=code("reviews/models/fit_linear.py"),
        longest=lookup(within=config, dpath="reviews/{dataset}/linear/longest"),
        fewest=lookup(within=config, dpath="reviews/{dataset}/linear/fewest"),
        strengths=lookup(within=config, dpath="reviews/{dataset}/linear/strengths"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Fit {wildcards.linear} to the reviews of {wildcards.dataset}"
    script:
        "../../workflow/scripts/reviews/models/fit_linear.py"


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
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(2000),
        runtime=30,
    params:
        code=code("reviews/models/fit_documents.py"),
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
        "../../workflow/scripts/reviews/models/fit_documents.py"


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
        "../../envs/base.yaml"
    params:
        code=code("reviews/models/score_reviews.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score {wildcards.model} on the reviews of {wildcards.dataset}"
    script:
        "../../workflow/scripts/reviews/models/score_reviews.py"
