"""Models of reviews: networks, linear models, document vectors, and the scores of all models.

REQUIRED INPUTS: results/reviews/{dataset}/reviews.csv, split.csv, tokens.h5, marked_tokens.h5,
                 marked_vocabulary.csv, vectors/{kind}.h5; for the scores also the ensemble's files
OUTPUTS: results/reviews/{dataset}/{model}/model.keras or model.h5, history.csv, runs_valid.csv,
         runs_test.csv, metrics_valid.json, metrics_test.json
         results/reviews/{dataset}/comparison.csv
"""

CUT_TOKENS = ("vocabulary", "length", "padding", "truncating")


for suffix, networks, sets in alike("reviews", reviews_plan.networks):

    rule:
        name:
            f"fit_networks{suffix}"
        input:
            **reviews_paths.WORDS,
            vectors=best_vectors if "multi_size" in networks else [],
        output:
            **reviews_plan.network_files(networks),
        log:
            "results/logs/reviews/{dataset}/fit_networks.log",
        benchmark:
            "results/benchmarks/reviews/{dataset}/fit_networks.tsv"
        wildcard_constraints:
            dataset=sets,
        priority: 1
        conda:
            "../../envs/tensorflow.yaml"
        threads: config["threads"]
        resources:
            mem_mb=memory(3000),
            runtime=90,
        params:
            code=code("reviews/models/fit_networks.py"),
            tokens=section("reviews/{dataset}/tokens", *CUT_TOKENS),
            training=section("reviews/{dataset}/networks", "batch_size", "optimizer"),
            fewest=lookup(within=config, dpath="reviews/{dataset}/networks/fewest"),
            schedules=section("reviews/{dataset}/networks/schedules", *networks),
            seeds=network_seeds,
        message:
            "Train the networks on {wildcards.dataset} that are not LSTMs, with every seed"
        script:
            "../../workflow/scripts/reviews/models/fit_networks.py"


for suffix, networks, sets in alike("reviews", reviews_plan.lstms):

    rule:
        name:
            f"fit_lstms{suffix}"
        input:
            **reviews_paths.WORDS,
        output:
            **reviews_plan.network_files(networks),
            reader=reviews_plan.reader_files(networks),
        log:
            "results/logs/reviews/{dataset}/fit_lstms.log",
        benchmark:
            "results/benchmarks/reviews/{dataset}/fit_lstms.tsv"
        wildcard_constraints:
            dataset=sets,
        priority: 1
        conda:
            "../../envs/tensorflow.yaml"
        threads: config["threads"]
        resources:
            mem_mb=memory(2500),
            runtime=180,
        params:
            code=code("reviews/models/fit_lstms.py"),
            tokens=section("reviews/{dataset}/tokens", *CUT_TOKENS),
            training=section("reviews/{dataset}/networks", "batch_size", "optimizer"),
            reading=lookup(within=config, dpath="reviews/{dataset}/networks/reading_schedule"),
            schedules=section("reviews/{dataset}/networks/schedules", *networks),
            seeds=network_seeds,
        message:
            "Train LSTMs on {wildcards.dataset}, from random weights and after reading the texts"
        script:
            "../../workflow/scripts/reviews/models/fit_lstms.py"


for suffix, kinds, sets in alike("reviews", reviews_plan.vector_kinds):

    rule:
        name:
            f"fit_on_vectors{suffix}"
        input:
            **reviews_paths.WORDS,
            vectors=of_each(reviews_paths.VECTORS, kind=kinds),
        output:
            **reviews_plan.network_files(reviews_plan.on_vectors(kinds)),
        log:
            "results/logs/reviews/{dataset}/fit_on_vectors.log",
        benchmark:
            "results/benchmarks/reviews/{dataset}/fit_on_vectors.tsv"
        wildcard_constraints:
            dataset=sets,
        priority: 1
        conda:
            "../../envs/tensorflow.yaml"
        threads: config["threads"]
        resources:
            mem_mb=memory(2500),
            runtime=120,
        params:
            code=code("reviews/models/fit_on_vectors.py"),
            kinds=kinds,
            tokens=section("reviews/{dataset}/tokens", *CUT_TOKENS),
            training=section("reviews/{dataset}/networks", "batch_size", "optimizer"),
            schedules=section("reviews/{dataset}/vectors", "frozen_schedule", "tuned_schedule"),
            seeds=network_seeds,
        message:
            "Train one network on each kind of vectors of {wildcards.dataset}, frozen, then tuned"
        script:
            "../../workflow/scripts/reviews/models/fit_on_vectors.py"


rule fit_linear:
    input:
        **reviews_paths.MARKED_WORDS,
    output:
        models=of_each(reviews_paths.LINEAR, model=reviews_plan.LINEAR),
        valid=of_each(reviews_paths.VALID, model=reviews_plan.LINEAR),
        test=of_each(reviews_paths.TEST, model=reviews_plan.LINEAR),
    log:
        "results/logs/reviews/{dataset}/fit_linear.log",
    benchmark:
        "results/benchmarks/reviews/{dataset}/fit_linear.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(1500),
    params:
        code=code("reviews/models/fit_linear.py"),
        linear=section("reviews/{dataset}/linear", "longest", "fewest", "strengths"),
        seed=config["seed"],
    message:
        "Fit a bag of words, tf-idf and NB-SVM to the reviews of {wildcards.dataset}"
    script:
        "../../workflow/scripts/reviews/models/fit_linear.py"


for model in [*reviews_plan.DOCUMENTS, reviews_plan.UNLABELLED]:

    rule:
        name:
            f"fit_{model}"
        input:
            **reviews_paths.MARKED_WORDS,
            unlabelled=reviews_paths.UNLABELLED_TOKENS if model == reviews_plan.UNLABELLED else [],
        output:
            valid=filled(reviews_paths.VALID, model=model),
            test=filled(reviews_paths.TEST, model=model),
            taught=reviews_paths.TAUGHT if model == reviews_plan.UNLABELLED else [],
        log:
            f"results/logs/reviews/{{dataset}}/fit_{model}.log",
        benchmark:
            f"results/benchmarks/reviews/{{dataset}}/fit_{model}.tsv"
        priority: 1
        conda:
            "../../envs/base.yaml"
        resources:
            mem_mb=memory(3000),
        params:
            code=code("reviews/models/fit_documents.py"),
            model=model,
            longest=lookup(within=config, dpath="reviews/{dataset}/linear/longest"),
            documents=section("reviews/{dataset}/documents"),
            seed=config["seed"],
        message:
            f"Learn document vectors of {{wildcards.dataset}} and a regression on them ({model})"
        script:
            "../../workflow/scripts/reviews/models/fit_documents.py"


rule fit_taught:
    input:
        **reviews_paths.MARKED_WORDS,
        unlabelled=reviews_paths.UNLABELLED_TOKENS,
        taught=reviews_paths.TAUGHT,
    output:
        valid=filled(reviews_paths.VALID, model=reviews_plan.TAUGHT),
        test=filled(reviews_paths.TEST, model=reviews_plan.TAUGHT),
    log:
        "results/logs/reviews/{dataset}/fit_taught.log",
    benchmark:
        "results/benchmarks/reviews/{dataset}/fit_taught.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(2500),
    params:
        code=code("reviews/models/fit_taught.py"),
        linear=section("reviews/{dataset}/linear", "longest", "fewest", "strengths"),
        seed=config["seed"],
    message:
        "Fit NB-SVM of {wildcards.dataset} also to unlabelled texts, as document vectors label them"
    script:
        "../../workflow/scripts/reviews/models/fit_taught.py"


for suffix, models, sets in alike("reviews", reviews_plan.models):

    rule:
        name:
            f"score_reviews{suffix}"
        input:
            about=reviews_paths.ABOUT,
            valid=of_each(reviews_paths.VALID, model=models),
            test=of_each(reviews_paths.TEST, model=models),
        output:
            valid=of_each(reviews_paths.VALID_METRICS, model=models),
            test=of_each(reviews_paths.TEST_METRICS, model=models),
            comparison=reviews_paths.COMPARISON,
        log:
            "results/logs/reviews/{dataset}/score_reviews.log",
        wildcard_constraints:
            dataset=sets,
        localrule: True
        conda:
            "../../envs/base.yaml"
        params:
            code=code("reviews/models/score_reviews.py"),
            models=models,
            benchmarks=lambda wildcards: reviews_plan.benchmarks(config, wildcards.dataset),
            seed=config["seed"],
        message:
            "Score all models on the reviews of {wildcards.dataset}, with their intervals"
        script:
            "../../workflow/scripts/reviews/models/score_reviews.py"
