"""Movie reviews: source, split, tokens, models and their scores.

REQUIRED INPUTS: the source that `reviews: {dataset}: source` names
OUTPUTS: data/reviews/{dataset}/aclImdb.tar (demo only)
         results/reviews/{dataset}/reviews.csv, vocabulary.csv, tokens.h5, token_statistics.json,
         split.csv
         results/reviews/{dataset}/convolution/model.keras, history.csv,
         predictions_{valid,test}.csv, metrics_{valid,test}.json, *.png
"""


rule write_demo_reviews:
    """Made-up reviews whose sentiment lies in the order of words as well as in words."""
    output:
        archive="data/reviews/{dataset}/aclImdb.tar",
    log:
        "results/logs/reviews/{dataset}/write_demo_reviews.log",
    wildcard_constraints:
        dataset=one_of(names_of_kind("reviews", "demo")),
    conda:
        "../envs/base.yaml"
    params:
        code=code("write_demo_reviews.py"),
        train=lookup(within=config, dpath="reviews/{dataset}/source/demo/train"),
        test=lookup(within=config, dpath="reviews/{dataset}/source/demo/test"),
        seed=lookup(within=config, dpath="reviews/{dataset}/source/demo/seed"),
    message:
        "Write the demo reviews of {wildcards.dataset}"
    script:
        "../workflow/scripts/write_demo_reviews.py"


rule tokenise_reviews:
    """Texts as word indices by frequency, and how long the reviews are."""
    input:
        source=source_if_present("reviews"),
    output:
        reviews="results/reviews/{dataset}/reviews.csv",
        vocabulary="results/reviews/{dataset}/vocabulary.csv",
        tokens="results/reviews/{dataset}/tokens.h5",
        statistics="results/reviews/{dataset}/token_statistics.json",
    log:
        "results/logs/reviews/{dataset}/tokenise_reviews.log",
    benchmark:
        "results/benchmarks/reviews/{dataset}/tokenise_reviews.tsv"
    conda:
        "../envs/base.yaml"
    params:
        code=code("tokenise_reviews.py"),
        path=source_path("reviews"),
    message:
        "Read and tokenise the reviews of {wildcards.dataset}"
    script:
        "../workflow/scripts/tokenise_reviews.py"


rule split_reviews:
    """Validation cut from the training reviews by film; the test part is the publisher's."""
    input:
        reviews="results/reviews/{dataset}/reviews.csv",
    output:
        split="results/reviews/{dataset}/split.csv",
    log:
        "results/logs/reviews/{dataset}/split_reviews.log",
    conda:
        "../envs/base.yaml"
    params:
        code=code("split_reviews.py"),
        valid_share=lookup(within=config, dpath="reviews/{dataset}/split/valid_share"),
        seed=lookup(within=config, dpath="reviews/{dataset}/split/seed"),
    script:
        "../workflow/scripts/split_reviews.py"


rule fit_convolution:
    """The lesson's one-dimensional convolution; validation chooses the epoch, the test is scored once."""
    input:
        reviews="results/reviews/{dataset}/reviews.csv",
        tokens="results/reviews/{dataset}/tokens.h5",
        split="results/reviews/{dataset}/split.csv",
    output:
        model="results/reviews/{dataset}/convolution/model.keras",
        history="results/reviews/{dataset}/convolution/history.csv",
        valid="results/reviews/{dataset}/convolution/predictions_valid.csv",
        test="results/reviews/{dataset}/convolution/predictions_test.csv",
    log:
        "results/logs/reviews/{dataset}/fit_convolution.log",
    benchmark:
        "results/benchmarks/reviews/{dataset}/fit_convolution.tsv"
    conda:
        "../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    params:
        code=code("fit_convolution.py"),
        vocabulary=lookup(within=config, dpath="reviews/{dataset}/tokens/vocabulary"),
        length=lookup(within=config, dpath="reviews/{dataset}/tokens/length"),
        schedule=lookup(within=config, dpath="reviews/{dataset}/convolution/schedule"),
        optimizer=lookup(within=config, dpath="reviews/{dataset}/convolution/optimizer"),
        batch_size=lookup(within=config, dpath="reviews/{dataset}/convolution/batch_size"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Train the convolution on the reviews of {wildcards.dataset}"
    script:
        "../workflow/scripts/fit_convolution.py"


rule score_reviews:
    """Log loss and accuracy, with intervals over films."""
    input:
        predictions="results/reviews/{dataset}/convolution/predictions_{role}.csv",
    output:
        metrics="results/reviews/{dataset}/convolution/metrics_{role}.json",
    log:
        "results/logs/reviews/{dataset}/score_reviews_{role}.log",
    wildcard_constraints:
        role="valid|test",
    conda:
        "../envs/base.yaml"
    params:
        code=code("score_classes.py"),
        model="convolution",
        part=lambda wildcards: {"valid": "valid (chose the epoch)", "test": "test"}[wildcards.role],
        seed=lookup(within=config, dpath="seed"),
    script:
        "../workflow/scripts/score_classes.py"


rule plot_review_learning_curve:
    """Log loss by epoch on trained and on validation reviews."""
    input:
        history="results/reviews/{dataset}/convolution/history.csv",
    output:
        plot=report(
            "results/reviews/{dataset}/convolution/learning_curve.png",
            caption="../workflow/report/learning_curve.rst",
            category="Reviews",
            subcategory="{dataset}",
            labels={"what": "learning curve, convolution"},
        ),
    log:
        "results/logs/reviews/{dataset}/plot_review_learning_curve.log",
    conda:
        "../envs/base.yaml"
    params:
        code=code("plot_learning_curve.py"),
        title="Convolution over words",
        loss="log loss",
    script:
        "../workflow/scripts/plot_learning_curve.py"


rule plot_accuracy_by_length:
    """Test accuracy by the length of the review."""
    input:
        predictions="results/reviews/{dataset}/convolution/predictions_test.csv",
        reviews="results/reviews/{dataset}/reviews.csv",
        tokens="results/reviews/{dataset}/tokens.h5",
    output:
        plot=report(
            "results/reviews/{dataset}/convolution/accuracy_by_length.png",
            caption="../workflow/report/accuracy_by_length.rst",
            category="Reviews",
            subcategory="{dataset}",
            labels={"what": "accuracy by length"},
        ),
    log:
        "results/logs/reviews/{dataset}/plot_accuracy_by_length.log",
    conda:
        "../envs/base.yaml"
    params:
        code=code("plot_accuracy_by_length.py"),
        seed=lookup(within=config, dpath="seed"),
    script:
        "../workflow/scripts/plot_accuracy_by_length.py"


rule plot_calibration:
    """How often the probability that is said comes true, on the test reviews."""
    input:
        predictions="results/reviews/{dataset}/convolution/predictions_test.csv",
    output:
        plot=report(
            "results/reviews/{dataset}/convolution/calibration.png",
            caption="../workflow/report/calibration.rst",
            category="Reviews",
            subcategory="{dataset}",
            labels={"what": "calibration"},
        ),
    log:
        "results/logs/reviews/{dataset}/plot_calibration.log",
    conda:
        "../envs/base.yaml"
    params:
        code=code("plot_calibration.py"),
    script:
        "../workflow/scripts/plot_calibration.py"
