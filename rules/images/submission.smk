"""The test part: predictions, the file for the competition, and the classifier in one file."""


rule predict_test:
    """The head's probabilities for every test picture."""
    input:
        store="results/images/{dataset}/features/{backbone}/test.h5",
        shards=shards_of("test"),
        description="results/images/{dataset}/features/{backbone}/backbone.json",
        manifest="results/images/{dataset}/manifest.csv",
        model="results/images/{dataset}/heads/{backbone}/grouped/model.keras",
    output:
        predictions="results/images/{dataset}/submission/{backbone}/predictions.csv",
    log:
        "results/logs/images/{dataset}/predict_test_{backbone}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/predict_test_{backbone}.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(1500),
        runtime=30,
    params:
        code=code("images/submission/predict_test.py"),
        batch_size=lookup(within=config, dpath="images/{dataset}/head/batch_size"),
    message:
        "Predict the test pictures of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/submission/predict_test.py"


rule write_submission:
    """The answer in the competition's format, checked against its sample, with its expected score."""
    input:
        source="data/images/{dataset}/source.json",
        predictions=lambda wildcards: model_plan.submitted_predictions(config, wildcards.dataset),
        scored=lambda wildcards: model_plan.submitted_scored(config, wildcards.dataset),
        metrics=lambda wildcards: model_plan.submitted_metrics(config, wildcards.dataset),
    output:
        submission=report(
            "results/images/{dataset}/submission.csv",
            caption="../../workflow/report/submission.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "submission"},
        ),
        estimate="results/images/{dataset}/submission/estimate.json",
    log:
        "results/logs/images/{dataset}/write_submission.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/submission/write_submission.py"),
        floor=lambda wildcards: model_plan.least_probability(
            config, wildcards.dataset, model_plan.submitted(config, wildcards.dataset)
        ),
        positive=lookup(within=config, dpath="images/{dataset}/submission/positive"),
        test_groups=lookup(within=config, dpath="images/{dataset}/submission/test_groups"),
        sample=lambda wildcards: locations.sample_submission(config, wildcards.dataset),
    message:
        "Write the submission of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/submission/write_submission.py"


rule score_demo_submission:
    """The demo's true test score; nothing that trains or selects reads its truth."""
    input:
        source="data/images/{dataset}/source.json",
        submission="results/images/{dataset}/submission.csv",
    output:
        metrics="results/images/{dataset}/submission/true_score.json",
    log:
        "results/logs/images/{dataset}/score_demo_submission.log",
    wildcard_constraints:
        dataset=one_of(names_of_kind("images", "demo")),
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/submission/score_demo_submission.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score the submission of {wildcards.dataset} by the demo's truth"
    script:
        "../../workflow/scripts/images/submission/score_demo_submission.py"


rule write_model_submission:
    """A submission of any model by its name, beside the score that is expected of it."""
    input:
        source="data/images/{dataset}/source.json",
        predictions="results/images/{dataset}/models/{model}/test.csv",
        scored="results/images/{dataset}/models/{model}/out_of_fold.csv",
        metrics="results/images/{dataset}/models/{model}/metrics.json",
    output:
        submission="results/images/{dataset}/submissions/{model}/submission.csv",
        estimate="results/images/{dataset}/submissions/{model}/estimate.json",
    log:
        "results/logs/images/{dataset}/models/submit_{model}.log",
    wildcard_constraints:
        model=r"[A-Za-z0-9_.-]+",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/submission/write_submission.py"),
        floor=lambda wildcards: model_plan.least_probability(
            config, wildcards.dataset, wildcards.model
        ),
        positive=lookup(within=config, dpath="images/{dataset}/submission/positive"),
        test_groups=lookup(within=config, dpath="images/{dataset}/submission/test_groups"),
        sample=lambda wildcards: locations.sample_submission(config, wildcards.dataset),
    message:
        "Write the submission of {wildcards.model} for {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/submission/write_submission.py"


rule export_classifier:
    """Backbone and head in one portable model, with its preprocessing inside."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        backbone=of_backbone("head", "features", "backbone.keras"),
        head=of_backbone("head", "heads", "grouped/model.keras"),
    output:
        model="results/images/{dataset}/classifier.keras",
        description="results/images/{dataset}/classifier.json",
    log:
        "results/logs/images/{dataset}/export_classifier.log",
    localrule: True
    conda:
        "../../envs/tensorflow.yaml"
    params:
        code=code("images/submission/export_classifier.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Export the classifier of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/submission/export_classifier.py"
