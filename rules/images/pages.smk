"""The pages and pictures of an image set."""


rule show_pictures:
    input:
        source="data/images/{dataset}/source.json",
        manifest="results/images/{dataset}/manifest.csv",
        grouped="results/images/{dataset}/splits/grouped.csv",
        random="results/images/{dataset}/splits/random.csv",
    output:
        examples=page(
            "results/images/{dataset}/manifest/class_examples.png",
            *("1 Images", "class examples", "class_examples"),
        ),
        groups=page(
            "results/images/{dataset}/splits/groups_per_split.png",
            *("1 Images", "groups per split", "groups_per_split"),
        ),
    log:
        "results/logs/images/{dataset}/show_pictures.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/show_pictures.py"),
        seed=lookup(within=config, dpath="images/{dataset}/split/seed"),
    message:
        "Draw pictures of every class of {wildcards.dataset}, and the groups on either side of the splits"
    script:
        "../../workflow/scripts/images/pages/show_pictures.py"


rule show_sample:
    input:
        **sample_plan.fitted(),
        curves=[f"{sample_paths.CURVES}/{axis}.csv" for axis in sample_plan.AXES],
    output:
        **sample_plan.baseline_reports(),
        **image_pages(sample_plan.SAMPLE_PAGES),
    log:
        "results/logs/images/{dataset}/show_sample.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/show_sample.py"),
        models=sample_plan.MODELS,
        axes=sample_plan.AXES,
        seed=config["seed"],
    message:
        "Score the experiments on the sample of {wildcards.dataset} and write their pages"
    script:
        "../../workflow/scripts/images/pages/show_sample.py"


rule show_augmentation:
    input:
        **sample_plan.choice(),
        manifest="results/images/{dataset}/manifest.csv",
        none=sample_paths.filled(sample_paths.SWEEP, augmentation=NONE),
        types=lambda wildcards: sample_plan.sweeps(config, wildcards.dataset),
        runs=f"{sample_paths.COMBINATION}/runs.csv",
        history=f"{sample_paths.COMBINATION}/history.csv",
    output:
        **sample_plan.augmentation_reports(),
        **image_pages(sample_plan.AUGMENTATION_PAGES),
        contact_sheet=page(
            sample_paths.CONTACT_SHEET,
            *("1 Images", "augmentation: contact sheet", "contact_sheet"),
        ),
    log:
        "results/logs/images/{dataset}/show_augmentation.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/show_augmentation.py"),
        types=lambda wildcards: sample_plan.swept_types(config, wildcards.dataset),
        benchmarks=lambda wildcards: sample_plan.sweep_benchmarks(config, wildcards.dataset),
        validation_size=section("images/{dataset}/sample/validation_size"),
        seed=config["seed"],
    message:
        "Score the augmentation of {wildcards.dataset} and write its pages"
    script:
        "../../workflow/scripts/images/pages/show_augmentation.py"


rule plot_head_learning_curve:
    """Loss by epoch on trained and on inner rows."""
    input:
        history="results/images/{dataset}/heads/{backbone}/{split}/history.csv",
    output:
        plot=report(
            "results/images/{dataset}/heads/{backbone}/{split}/learning_curve.png",
            caption="../../workflow/report/learning_curve.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "learning curve, {split} split"},
        ),
    log:
        "results/logs/images/{dataset}/plot_head_learning_curve_{backbone}_{split}.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/plot_learning_curve.py"),
        title="Head on {backbone}, {split} split",
        loss="log loss",
    message:
        "Draw the learning curve of the head by the {wildcards.split} split of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/plot_learning_curve.py"


rule plot_confusion_matrix:
    """Which classes are taken for which."""
    input:
        predictions="results/images/{dataset}/heads/{backbone}/{split}/predictions.csv",
    output:
        plot=report(
            "results/images/{dataset}/heads/{backbone}/{split}/confusion_matrix.png",
            caption="../../workflow/report/confusion_matrix.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "confusion matrix, {split} split"},
        ),
    log:
        "results/logs/images/{dataset}/plot_confusion_matrix_{backbone}_{split}.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/plot_confusion_matrix.py"),
        title="Head on {backbone}, {split} split",
    message:
        "Draw which classes the {wildcards.split} split's head takes for which on {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/plot_confusion_matrix.py"


rule answer_group_models:
    """Page: one model a group, averaged, against one model of all."""
    input:
        each="results/images/{dataset}/controls/group_models.csv",
        together=lambda wildcards: models_of(wildcards, model_plan.floor, "out_of_fold.csv")[0],
    output:
        page=report(
            "results/images/{dataset}/pages/group_models.html",
            caption="../../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "one model a driver, averaged"},
        ),
    log:
        "results/logs/images/{dataset}/answer_group_models.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/answer_group_models.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Write the page on one model a group of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/answer_group_models.py"


rule answer_meta_data:
    """Page: the size of a picture as a second input."""
    input:
        **META_DATA,
        manifest="results/images/{dataset}/manifest.csv",
    output:
        page=report(
            "results/images/{dataset}/pages/meta_data.html",
            caption="../../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "size of the picture as an input"},
        ),
    log:
        "results/logs/images/{dataset}/answer_meta_data.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/answer_meta_data.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Write the page on picture sizes as an input for {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/answer_meta_data.py"


rule answer_selection:
    """Page: which head, and what each axis of the grid gives."""
    input:
        scores="results/images/{dataset}/selection/scores.csv",
        gains="results/images/{dataset}/selection/gains.csv",
        choice="results/images/{dataset}/selection/choice.json",
        metrics="results/images/{dataset}/models/selected/metrics.json",
        reduced=lambda wildcards: [
            f"results/images/{wildcards.dataset}/reduced/{name}/labelled.h5"
            for name in model_plan.backbones(config, wildcards.dataset)
        ],
    output:
        page=report(
            "results/images/{dataset}/pages/selection.html",
            caption="../../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "which head, and what its settings give"},
        ),
    log:
        "results/logs/images/{dataset}/answer_selection.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/answer_selection.py"),
        backbones=lambda wildcards: model_plan.backbones(config, wildcards.dataset),
    message:
        "Write the page on the heads of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/answer_selection.py"


rule answer_ablation:
    """Page: what each step of the chain gives."""
    input:
        ablation="results/images/{dataset}/chain/ablation.csv",
        tuned="results/images/{dataset}/models/chain/tuned.json",
    output:
        page=report(
            "results/images/{dataset}/pages/ablation.html",
            caption="../../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "what each step of the chain gives"},
        ),
    log:
        "results/logs/images/{dataset}/answer_ablation.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/answer_ablation.py"),
    message:
        "Write the page on the chain of {wildcards.dataset}, step by step"
    script:
        "../../workflow/scripts/images/pages/answer_ablation.py"


rule answer_out_of_fold:
    """Page: how well the models do on groups they never saw, and where the chain goes wrong."""
    input:
        source="data/images/{dataset}/source.json",
        manifest="results/images/{dataset}/manifest.csv",
        models=lambda wildcards: models_of(wildcards, model_plan.ladder, "out_of_fold.csv"),
    output:
        page=report(
            "results/images/{dataset}/pages/out_of_fold.html",
            caption="../../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "scores on unseen groups, and the mistakes"},
        ),
    log:
        "results/logs/images/{dataset}/answer_out_of_fold.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/answer_out_of_fold.py"),
        of_drivers=lambda wildcards: ladder_plan.is_of_drivers(config, wildcards.dataset),
        models=lambda wildcards: [
            model_plan.title(name) for name in model_plan.ladder(config, wildcards.dataset)
        ],
        seed=lookup(within=config, dpath="seed"),
    message:
        "Write the page on unseen groups of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/answer_out_of_fold.py"


rule answer_pseudo_labels:
    """Page: do pseudo-labels help, beyond the same epochs without them?"""
    input:
        scores="results/images/{dataset}/pseudo_labels/scores.csv",
        progress="results/images/{dataset}/pseudo_labels/progress.csv",
    output:
        page=report(
            "results/images/{dataset}/pages/pseudo_labels.html",
            caption="../../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "pseudo-labels, round by round"},
        ),
    log:
        "results/logs/images/{dataset}/answer_pseudo_labels.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/answer_pseudo_labels.py"),
        settings=lambda wildcards: pseudo_plan.setting_records(config, wildcards.dataset),
    message:
        "Write the page on pseudo-labels for {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/answer_pseudo_labels.py"


rule draw_two_moons:
    """Why pseudo-labels can work: two labelled points among many, round by round."""
    output:
        plot=report(
            "results/images/two_moons.png",
            caption="../../workflow/report/two_moons.rst",
            category="1 Images",
            labels={"what": "why pseudo-labels can work"},
        ),
    log:
        "results/logs/images/draw_two_moons.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/draw_two_moons.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Draw why pseudo-labels can work"
    script:
        "../../workflow/scripts/images/pages/draw_two_moons.py"


rule answer_distillation:
    """Page: can a small network learn from a large one?"""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        metrics=expand(
            "results/images/{{dataset}}/distillation/{learner}.json",
            learner=["teacher", "pupil_true", "pupil_distilled"],
        ),
        gain="results/images/{dataset}/distillation/gain.json",
        speed="results/images/{dataset}/distillation/speed.csv",
    output:
        page=report(
            "results/images/{dataset}/pages/distillation.html",
            caption="../../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "a small network taught by a large one"},
        ),
    log:
        "results/logs/images/{dataset}/answer_distillation.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/answer_distillation.py"),
        temperature=lookup(within=config, dpath="images/{dataset}/distillation/temperature"),
    message:
        "Write the page on distillation for {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/answer_distillation.py"


rule answer_ladder:
    """Page: every rung with its control and interval, beside the original's figure."""
    input:
        predictions=lambda wildcards: ladder.files_read(
            ladder_plan.rungs(config, wildcards.dataset)
        ),
    output:
        ladder="results/images/{dataset}/ladder.csv",
        page=report(
            "results/images/{dataset}/pages/ladder.html",
            caption="../../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "the ladder of scores"},
        ),
    log:
        "results/logs/images/{dataset}/answer_ladder.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/answer_ladder.py"),
        rungs=lambda wildcards: ladder.as_lists(ladder_plan.rungs(config, wildcards.dataset)),
        of_competition=lambda wildcards: ladder_plan.is_of_competition(config, wildcards.dataset),
        on_sample=lambda wildcards: sample_plan.runs(config, wildcards.dataset),
        on_test_pool=lambda wildcards: "test" in pseudo_plan.pools(config, wildcards.dataset),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Write the page of the ladder of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/answer_ladder.py"


rule answer_overfitting:
    """Page: the lesson's five steps against overfitting, each against its control."""
    input:
        predictions=lambda wildcards: ladder.files_read(
            overfitting_plan.steps(config, wildcards.dataset)
        ),
    output:
        page=report(
            "results/images/{dataset}/pages/overfitting.html",
            caption="../../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "five steps against overfitting"},
        ),
    log:
        "results/logs/images/{dataset}/answer_overfitting.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/answer_overfitting.py"),
        steps=lambda wildcards: ladder.as_lists(overfitting_plan.steps(config, wildcards.dataset)),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Write the page on the steps against overfitting on {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/answer_overfitting.py"


rule explain_head:
    """Page: sure predictions, right and wrong, with what spoke for them (Grad-CAM)."""
    input:
        source="data/images/{dataset}/source.json",
        manifest="results/images/{dataset}/manifest.csv",
        store=of_backbone("head", "features", "labelled.h5"),
        shards=shards_read_by("head"),
        description=of_backbone("head", "features", "backbone.json"),
        model=of_backbone("head", "heads", "grouped/model.keras"),
        predictions=of_backbone("head", "heads", "grouped/predictions.csv"),
    output:
        page=report(
            "results/images/{dataset}/explanations.html",
            caption="../../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "where the head looks"},
        ),
    log:
        "results/logs/images/{dataset}/explain_head.log",
    benchmark:
        "results/benchmarks/images/{dataset}/explain_head.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(1500),
        runtime=30,
    params:
        code=code("images/pages/explain_head.py"),
        of_drivers=lambda wildcards: ladder_plan.is_of_drivers(config, wildcards.dataset),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Explain sure predictions of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/explain_head.py"
