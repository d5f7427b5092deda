"""An LSTM that reads the texts before it judges them; `lstm`, from random weights, is its control.

REQUIRED INPUTS: reviews.csv, tokens.h5, split.csv of a review set
OUTPUTS: results/reviews/{dataset}/lstm_pretrained/reader.keras, reading_history.csv
         results/reviews/{dataset}/lstm_pretrained/model.keras, history.csv, runs_{valid,test}.csv
"""


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
        "../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2000),
        runtime=60,
    params:
        code=code("pretrain_lstm.py"),
        vocabulary=lookup(within=config, dpath="reviews/{dataset}/tokens/vocabulary"),
        schedule=lookup(within=config, dpath="reviews/{dataset}/networks/reading_schedule"),
        optimizer=lookup(within=config, dpath="reviews/{dataset}/networks/optimizer"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Let an LSTM read the reviews of {wildcards.dataset}, without labels"
    script:
        "../workflow/scripts/pretrain_lstm.py"


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
        "../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2000),
        runtime=60,
    params:
        code=code("fit_lstm_pretrained.py"),
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
        "../workflow/scripts/fit_lstm_pretrained.py"
