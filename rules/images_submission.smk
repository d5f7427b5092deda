"""The test part: predictions, and the file for the competition.

REQUIRED INPUTS: results/images/{dataset}/heads/{backbone}/grouped/model.keras,
                 results/images/{dataset}/features/{backbone}/test.h5
OUTPUTS: results/images/{dataset}/submission/{backbone}/predictions.csv
         results/images/{dataset}/submission.csv, submission/estimate.json
         results/images/{dataset}/submission/true_score.json (demo only)
         results/images/{dataset}/comparison.csv
"""


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
        "../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(1500),
        runtime=30,
    params:
        code=code("predict_test.py"),
        batch_size=lookup(within=config, dpath="images/{dataset}/head/batch_size"),
    message:
        "Predict the test pictures of {wildcards.dataset}"
    script:
        "../workflow/scripts/predict_test.py"


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
            caption="../workflow/report/submission.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "submission"},
        ),
        estimate="results/images/{dataset}/submission/estimate.json",
    log:
        "results/logs/images/{dataset}/write_submission.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("write_submission.py"),
        floor=lambda wildcards: model_plan.least_probability(
            config, wildcards.dataset, model_plan.submitted(config, wildcards.dataset)
        ),
        positive=lookup(within=config, dpath="images/{dataset}/submission/positive"),
        test_groups=lookup(within=config, dpath="images/{dataset}/submission/test_groups"),
        sample=lambda wildcards: locations.sample_submission(config, wildcards.dataset),
    message:
        "Write the submission of {wildcards.dataset}"
    script:
        "../workflow/scripts/write_submission.py"


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
        "../envs/base.yaml"
    params:
        code=code("score_demo_submission.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score the submission of {wildcards.dataset} by the demo's truth"
    script:
        "../workflow/scripts/score_demo_submission.py"
