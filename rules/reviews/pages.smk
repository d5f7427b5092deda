"""What the models of reviews show: tables, mistakes, learning curves, calibration, maps of words."""


rule tabulate_reviews:
    """All models beside each other, and beside the original."""
    input:
        runs=lambda wildcards: reviews_plan.runs(config, wildcards.dataset),
        task="results/reviews/{dataset}/vectors/task.json",
        weights="results/reviews/{dataset}/ensemble/weights.json",
        pairs="results/reviews/{dataset}/duplicates.csv",
        counts="results/reviews/{dataset}/duplicates.json",
    output:
        table="results/reviews/{dataset}/models.csv",
        page=report(
            "results/reviews/{dataset}/models.html",
            caption="../../workflow/report/question.rst",
            category="5 Reviews",
            subcategory="{dataset}",
            labels={"what": "all models"},
        ),
    log:
        "results/logs/reviews/{dataset}/tabulate_reviews.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("reviews/pages/tabulate_reviews.py"),
        models=lambda wildcards: list(reviews_plan.models(config, wildcards.dataset)),
        benchmarks=lambda wildcards: reviews_plan.benchmarks(config, wildcards.dataset),
        is_original=lambda wildcards: (
            locations.source_kind(config["reviews"][wildcards.dataset])[0] == "imdb"
        ),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Compare the review models of {wildcards.dataset}"
    script:
        "../../workflow/scripts/reviews/pages/tabulate_reviews.py"


rule show_mistakes:
    """The most confident mistakes, with the words that drove them."""
    input:
        reviews="results/reviews/{dataset}/reviews.csv",
        tokens="results/reviews/{dataset}/marked_tokens.h5",
        model=f"results/reviews/{{dataset}}/{reviews_plan.READ_BY_HAND}/model.h5",
        runs=f"results/reviews/{{dataset}}/{reviews_plan.READ_BY_HAND}/runs_test.csv",
    output:
        page=report(
            "results/reviews/{dataset}/mistakes.html",
            caption="../../workflow/report/question.rst",
            category="5 Reviews",
            subcategory="{dataset}",
            labels={"what": "most confident mistakes"},
        ),
    log:
        "results/logs/reviews/{dataset}/show_mistakes.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("reviews/pages/show_mistakes.py"),
    message:
        "Write the page of confident mistakes on {wildcards.dataset}"
    script:
        "../../workflow/scripts/reviews/pages/show_mistakes.py"


rule plot_review_learning_curves:
    """Log loss by epoch of every network and seed."""
    input:
        histories=lambda wildcards: reviews_plan.histories(config, wildcards.dataset),
    output:
        plot=report(
            "results/reviews/{dataset}/learning_curves.png",
            caption="../../workflow/report/learning_curves.rst",
            category="5 Reviews",
            subcategory="{dataset}",
            labels={"what": "learning curves"},
        ),
    log:
        "results/logs/reviews/{dataset}/plot_review_learning_curves.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("reviews/pages/plot_review_learning_curves.py"),
        names=lambda wildcards: reviews_plan.trained(config, wildcards.dataset),
    message:
        "Draw the learning curves of the networks on {wildcards.dataset}"
    script:
        "../../workflow/scripts/reviews/pages/plot_review_learning_curves.py"


rule plot_accuracy_by_length:
    """Test accuracy by the length of the review."""
    input:
        runs="results/reviews/{dataset}/{model}/runs_test.csv",
        reviews="results/reviews/{dataset}/reviews.csv",
        tokens="results/reviews/{dataset}/tokens.h5",
    output:
        plot=report(
            "results/reviews/{dataset}/{model}/accuracy_by_length.png",
            caption="../../workflow/report/accuracy_by_length.rst",
            category="5 Reviews",
            subcategory="{dataset}",
            labels={"what": "accuracy by length, {model}"},
        ),
    log:
        "results/logs/reviews/{dataset}/plot_accuracy_by_length_{model}.log",
    wildcard_constraints:
        model=r"[a-z_]+",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("reviews/pages/plot_accuracy_by_length.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Draw the accuracy of {wildcards.model} on {wildcards.dataset} by length"
    script:
        "../../workflow/scripts/reviews/pages/plot_accuracy_by_length.py"


rule plot_calibration:
    """How often the probability that is said comes true, on the test reviews."""
    input:
        runs="results/reviews/{dataset}/{model}/runs_test.csv",
    output:
        plot=report(
            "results/reviews/{dataset}/{model}/calibration.png",
            caption="../../workflow/report/calibration.rst",
            category="5 Reviews",
            subcategory="{dataset}",
            labels={"what": "calibration, {model}"},
        ),
    log:
        "results/logs/reviews/{dataset}/plot_calibration_{model}.log",
    wildcard_constraints:
        model=r"[a-z_]+",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("reviews/pages/plot_calibration.py"),
    message:
        "Draw the calibration of {wildcards.model} on {wildcards.dataset}"
    script:
        "../../workflow/scripts/reviews/pages/plot_calibration.py"


rule plot_vectors:
    """The 350 most frequent words, like words near each other."""
    input:
        vocabulary="results/reviews/{dataset}/vocabulary.csv",
        vectors="results/reviews/{dataset}/vectors/{vectors}.h5",
    output:
        plot=report(
            "results/reviews/{dataset}/vectors/map_{vectors}.png",
            caption="../../workflow/report/word_map.rst",
            category="5 Reviews",
            subcategory="{dataset}",
            labels={"what": "word vectors, {vectors}"},
        ),
    log:
        "results/logs/reviews/{dataset}/plot_vectors_{vectors}.log",
    benchmark:
        "results/benchmarks/reviews/{dataset}/plot_vectors_{vectors}.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(1000),
        runtime=30,
    params:
        code=code("reviews/pages/plot_vectors.py"),
        vectors=lambda wildcards: wildcards.vectors,
        vocabulary=lookup(within=config, dpath="reviews/{dataset}/tokens/vocabulary"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Map the most frequent words of {wildcards.dataset} by {wildcards.vectors} vectors"
    script:
        "../../workflow/scripts/reviews/pages/plot_vectors.py"
