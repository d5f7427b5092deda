"""The test part: predictions, the file for the competition, and the classifier to carry away.

REQUIRED INPUTS: source.json, features/{backbone}, heads/{backbone}, models/{model}
OUTPUTS: submission.csv, submissions/{model}, classifier.*, explained.json
"""


rule check_sample_submission:
    input:
        source=image_paths.SOURCE,
        manifest=image_paths.MANIFEST,
    output:
        checked=image_paths.SAMPLE,
    log:
        "results/logs/images/{dataset}/check_sample_submission.log",
    priority: 1
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        **SUBMISSION_SETTINGS,
        code=code("images/submission/check_sample_submission.py"),
    message:
        "Check that predictions of {wildcards.dataset} will fit the competition's sample submission"
    script:
        "../../workflow/scripts/images/submission/check_sample_submission.py"


rule predict_test:
    input:
        store=f"{image_paths.FEATURES}/test.h5",
        shards=shards_of("test"),
        description=f"{image_paths.FEATURES}/backbone.json",
        manifest=image_paths.MANIFEST,
        model=f"{image_paths.HEAD}/grouped/model.keras",
    output:
        predictions=f"{image_paths.RESULTS}/submission/{{backbone}}/predictions.csv",
    log:
        "results/logs/images/{dataset}/predict_test_{backbone}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/predict_test_{backbone}.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory(1500),
    params:
        code=code("images/submission/predict_test.py"),
        batch_size=lookup(within=config, dpath="images/{dataset}/head/batch_size"),
    message:
        "Predict the test pictures of {wildcards.dataset} by the head on {wildcards.backbone}"
    script:
        "../../workflow/scripts/images/submission/predict_test.py"


rule write_submission:
    input:
        source=image_paths.SOURCE,
        sample=checked_sample,
        predictions=lambda wildcards: [model_plan.submitted_predictions(config, wildcards.dataset)],
        scored=lambda wildcards: [model_plan.submitted_scored(config, wildcards.dataset)],
    output:
        submissions=[
            page(f"{image_paths.RESULTS}/submission.csv", "1 Images", "submission", "submission")
        ],
        estimates=[f"{image_paths.RESULTS}/submission/estimate.json"],
    log:
        "results/logs/images/{dataset}/write_submission.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        **SUBMISSION_SETTINGS,
        code=code("images/submission/write_submission.py"),
        models=lambda wildcards: [model_plan.submitted_model(config, wildcards.dataset)],
    message:
        "Write the submission of {wildcards.dataset}, checked against the competition's sample, with its expected score"
    script:
        "../../workflow/scripts/images/submission/write_submission.py"


rule write_model_submission:
    input:
        source=image_paths.SOURCE,
        sample=checked_sample,
        predictions=[f"{image_paths.MODEL}/test.csv"],
        scored=[f"{image_paths.MODEL}/out_of_fold.csv"],
    output:
        submissions=[f"{image_paths.SUBMISSION}/submission.csv"],
        estimates=[f"{image_paths.SUBMISSION}/estimate.json"],
    log:
        "results/logs/images/{dataset}/models/submit_{model}.log",
    wildcard_constraints:
        model=r"(?!pseudo_)[A-Za-z0-9_.-]+",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        **SUBMISSION_SETTINGS,
        code=code("images/submission/write_submission.py"),
        models=lambda wildcards: [
            model_plan.model_to_submit(config, wildcards.dataset, wildcards.model)
        ],
    message:
        "Write the submission of {wildcards.model} for {wildcards.dataset}, with its expected score"
    script:
        "../../workflow/scripts/images/submission/write_submission.py"


for suffix, names, sets in alike("images", pseudo_plan.submitted):

    rule:
        name:
            f"write_pseudo_submissions{suffix}"
        input:
            source=image_paths.SOURCE,
            sample=checked_sample,
            predictions=model_files("test", *names),
            scored=model_files("out_of_fold", *names),
        output:
            submissions=of_each(f"{image_paths.SUBMISSION}/submission.csv", model=names),
            estimates=of_each(f"{image_paths.SUBMISSION}/estimate.json", model=names),
        log:
            "results/logs/images/{dataset}/write_pseudo_submissions.log",
        wildcard_constraints:
            dataset=sets,
        localrule: True
        conda:
            "../../envs/base.yaml"
        params:
            **SUBMISSION_SETTINGS,
            code=code("images/submission/write_submission.py"),
            models=lambda wildcards: [
                model_plan.model_to_submit(config, wildcards.dataset, name)
                for name in pseudo_plan.submitted(config, wildcards.dataset)
            ],
        message:
            "Write submissions of the models after pseudo-labels for {wildcards.dataset}, with their expected scores"
        script:
            "../../workflow/scripts/images/submission/write_submission.py"


for suffix, files, sets in alike("images", backbone_plan.classifier_files):

    rule:
        name:
            f"export_classifier{suffix}"
        input:
            manifest=image_paths.MANIFEST,
            backbone=network_of_head,
            head=of_backbone("head", "heads", "grouped/model.keras"),
            predictions=of_backbone("head", "heads", "grouped/predictions.csv"),
            store=of_backbone("head", "features", "labelled.h5"),
            shards=shards_read_by("head"),
            description=of_backbone("head", "features", "backbone.json"),
        output:
            model=[f"{image_paths.RESULTS}/{file}" for file in files],
            description=f"{image_paths.RESULTS}/classifier.json",
            explained=image_paths.EXPLAINED,
        log:
            "results/logs/images/{dataset}/export_classifier.log",
        benchmark:
            "results/benchmarks/images/{dataset}/export_classifier.tsv"
        wildcard_constraints:
            dataset=sets,
        conda:
            "../../envs/tensorflow.yaml"
        threads: config["threads"]
        resources:
            mem_mb=memory(1500),
        params:
            code=code("images/submission/export_classifier.py"),
            seed=config["seed"],
        message:
            "Export backbone and head of {wildcards.dataset} as one classifier, and map where its sure predictions look"
        script:
            "../../workflow/scripts/images/submission/export_classifier.py"
