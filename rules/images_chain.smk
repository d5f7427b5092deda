"""What follows the heads: the ensemble, its neighbours and calibration, and what each step gives.

REQUIRED INPUTS: results/images/{dataset}/models/{model}/{out_of_fold,test}.csv
                 results/images/{dataset}/reduced/{backbone}/neighbours.h5
OUTPUTS: results/images/{dataset}/models/chain/{out_of_fold,test}.csv, tuned.json
         results/images/{dataset}/chain/ablation.csv
         results/images/{dataset}/pages/{ablation,out_of_fold}.html
         results/images/{dataset}/submissions/{model}/submission.csv, estimate.json
"""


rule combine_models:
    """The chain's answer: each fold by a chain tuned on the others, the test by one tuned on all."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        folds="results/images/{dataset}/splits/folds.csv",
        neighbours=of_backbone("head", "reduced", "neighbours.h5"),
        out_of_fold=lambda wildcards: models_of(wildcards, model_plan.members, "out_of_fold.csv"),
        test=lambda wildcards: models_of(wildcards, model_plan.members, "test.csv"),
    output:
        out_of_fold="results/images/{dataset}/models/chain/out_of_fold.csv",
        test="results/images/{dataset}/models/chain/test.csv",
        tuned="results/images/{dataset}/models/chain/tuned.json",
    log:
        "results/logs/images/{dataset}/combine_models.log",
    benchmark:
        "results/benchmarks/images/{dataset}/models/chain.tsv"
    conda:
        "../envs/base.yaml"
    resources:
        mem_mb=memory(500),
        runtime=30,
    params:
        code=code("combine_models.py"),
        members=lambda wildcards: model_plan.members(config, wildcards.dataset),
        neighbours=lookup(within=config, dpath="images/{dataset}/chain/neighbours"),
        neighbour_weights=lookup(within=config, dpath="images/{dataset}/chain/neighbour_weights"),
        weights=lookup(within=config, dpath="images/{dataset}/chain/weights"),
        balance=lookup(within=config, dpath="images/{dataset}/chain/balance"),
        temperature=lookup(within=config, dpath="images/{dataset}/chain/temperature"),
        floors=lookup(within=config, dpath="images/{dataset}/chain/floors"),
        leave_out=lookup(within=config, dpath="images/{dataset}/chain/leave_out"),
    message:
        "Tune the chain of {wildcards.dataset}, and combine its models"
    script:
        "../workflow/scripts/combine_models.py"


rule measure_ablation:
    """What each step gives, on the same pictures, tuned on other folds than those it is scored on."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        folds="results/images/{dataset}/splits/folds.csv",
        neighbours=of_backbone("head", "reduced", "neighbours.h5"),
        members=lambda wildcards: models_of(wildcards, model_plan.members, "out_of_fold.csv"),
        linear=lambda wildcards: models_of(wildcards, model_plan.floor, "out_of_fold.csv")[0],
        first_seed="results/images/{dataset}/models/selected/first_seed.csv",
        selected="results/images/{dataset}/models/selected/out_of_fold.csv",
    output:
        ablation="results/images/{dataset}/chain/ablation.csv",
    log:
        "results/logs/images/{dataset}/measure_ablation.log",
    benchmark:
        "results/benchmarks/images/{dataset}/measure_ablation.tsv"
    conda:
        "../envs/base.yaml"
    resources:
        mem_mb=memory(500),
        runtime=30,
    params:
        code=code("measure_ablation.py"),
        neighbours=lookup(within=config, dpath="images/{dataset}/chain/neighbours"),
        neighbour_weights=lookup(within=config, dpath="images/{dataset}/chain/neighbour_weights"),
        weights=lookup(within=config, dpath="images/{dataset}/chain/weights"),
        balance=lookup(within=config, dpath="images/{dataset}/chain/balance"),
        temperature=lookup(within=config, dpath="images/{dataset}/chain/temperature"),
        floors=lookup(within=config, dpath="images/{dataset}/chain/floors"),
        leave_out=lookup(within=config, dpath="images/{dataset}/chain/leave_out"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Measure what each step of the chain of {wildcards.dataset} gives"
    script:
        "../workflow/scripts/measure_ablation.py"


rule answer_ablation:
    """Page: what each step of the chain gives."""
    input:
        ablation="results/images/{dataset}/chain/ablation.csv",
        tuned="results/images/{dataset}/models/chain/tuned.json",
    output:
        page=report(
            "results/images/{dataset}/pages/ablation.html",
            caption="../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "what each step of the chain gives"},
        ),
    log:
        "results/logs/images/{dataset}/answer_ablation.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("answer_ablation.py"),
    message:
        "Write the page on the chain of {wildcards.dataset}, step by step"
    script:
        "../workflow/scripts/answer_ablation.py"


rule answer_out_of_fold:
    """Page: how well the models do on groups they never saw, and where the chain goes wrong."""
    input:
        source="data/images/{dataset}/source.json",
        manifest="results/images/{dataset}/manifest.csv",
        models=lambda wildcards: models_of(wildcards, model_plan.ladder, "out_of_fold.csv"),
    output:
        page=report(
            "results/images/{dataset}/pages/out_of_fold.html",
            caption="../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "scores on unseen groups, and the mistakes"},
        ),
    log:
        "results/logs/images/{dataset}/answer_out_of_fold.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("answer_out_of_fold.py"),
        of_drivers=lambda wildcards: ladder_plan.is_of_drivers(config, wildcards.dataset),
        models=lambda wildcards: [
            model_plan.title(name) for name in model_plan.ladder(config, wildcards.dataset)
        ],
        seed=lookup(within=config, dpath="seed"),
    message:
        "Write the page on unseen groups of {wildcards.dataset}"
    script:
        "../workflow/scripts/answer_out_of_fold.py"


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
        "../envs/base.yaml"
    params:
        code=code("write_submission.py"),
        floor=lambda wildcards: model_plan.least_probability(
            config, wildcards.dataset, wildcards.model
        ),
        positive=lookup(within=config, dpath="images/{dataset}/submission/positive"),
        test_groups=lookup(within=config, dpath="images/{dataset}/submission/test_groups"),
        sample=lambda wildcards: locations.sample_submission(config, wildcards.dataset),
    message:
        "Write the submission of {wildcards.model} for {wildcards.dataset}"
    script:
        "../workflow/scripts/write_submission.py"
