"""The pages and pictures of an image set."""


rule plot_class_examples:
    """A few pictures of every class."""
    input:
        source="data/images/{dataset}/source.json",
        manifest="results/images/{dataset}/manifest.csv",
    output:
        plot=report(
            "results/images/{dataset}/manifest/class_examples.png",
            caption="../../workflow/report/class_examples.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "class examples"},
        ),
    log:
        "results/logs/images/{dataset}/plot_class_examples.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/plot_class_examples.py"),
        seed=lookup(within=config, dpath="images/{dataset}/split/seed"),
    message:
        "Draw pictures of every class of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/plot_class_examples.py"


rule plot_groups_per_split:
    """How many pictures of which group stand on which side of each split."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        grouped="results/images/{dataset}/splits/grouped.csv",
        random="results/images/{dataset}/splits/random.csv",
    output:
        plot=report(
            "results/images/{dataset}/splits/groups_per_split.png",
            caption="../../workflow/report/groups_per_split.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "groups per split"},
        ),
    log:
        "results/logs/images/{dataset}/plot_groups_per_split.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/plot_groups_per_split.py"),
    message:
        "Draw which groups of {wildcards.dataset} stand on which side"
    script:
        "../../workflow/scripts/images/pages/plot_groups_per_split.py"


rule draw_contact_sheet:
    """Each type of augmentation at each level on a picture of the sample."""
    input:
        pictures="results/images/{dataset}/sample/images.h5",
    output:
        plot=report(
            "results/images/{dataset}/augmentation/contact_sheet.png",
            caption="../../workflow/report/contact_sheet.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "augmentation: contact sheet"},
        ),
    log:
        "results/logs/images/{dataset}/draw_contact_sheet.log",
    benchmark:
        "results/benchmarks/images/{dataset}/draw_contact_sheet.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    resources:
        mem_mb=memory(1500),
        runtime=30,
    params:
        code=code("images/pages/draw_contact_sheet.py"),
        types=lambda wildcards: sample_plan.swept_types(config, wildcards.dataset),
        levels=lambda wildcards: [
            sample_plan.levels_of(config, wildcards.dataset, name)
            for name in sample_plan.swept_types(config, wildcards.dataset)
        ],
    message:
        "Draw the augmentations of a picture of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/draw_contact_sheet.py"


rule answer_baselines:
    """Page: simple models on unseen groups, and what a random split promises."""
    input:
        grouped=expand(
            "results/images/{{dataset}}/sample/baselines/{model}/grouped.json",
            model=sample_plan.MODELS,
        ),
        random=expand(
            "results/images/{{dataset}}/sample/baselines/{model}/random.json",
            model=sample_plan.MODELS,
        ),
        leak=expand(
            "results/images/{{dataset}}/sample/baselines/{model}/leak.json",
            model=sample_plan.MODELS,
        ),
        model=expand(
            "results/images/{{dataset}}/sample/baselines/{model}/model.json",
            model=sample_plan.MODELS,
        ),
        histories=expand(
            "results/images/{{dataset}}/sample/baselines/{model}/history.csv",
            model=sample_plan.MODELS,
        ),
    output:
        page=report(
            "results/images/{dataset}/sample/pages/baselines.html",
            caption="../../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "sample: baselines and leak"},
        ),
    log:
        "results/logs/images/{dataset}/answer_baselines.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/answer_baselines.py"),
        models=sample_plan.MODELS,
    message:
        "Write the page on simple models of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/answer_baselines.py"


rule answer_learning_rate:
    """Page: what too high a first rate does."""
    input:
        runs="results/images/{dataset}/sample/rate_lesson/runs.csv",
        history="results/images/{dataset}/sample/rate_lesson/history.csv",
    output:
        page=report(
            "results/images/{dataset}/sample/pages/learning_rate.html",
            caption="../../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "sample: first learning rate"},
        ),
    log:
        "results/logs/images/{dataset}/answer_learning_rate.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/answer_learning_rate.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Write the page on the first learning rate on {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/answer_learning_rate.py"


rule answer_rate_range:
    """Page: rate against loss of every model, with the suggested rate."""
    input:
        ranges="results/images/{dataset}/sample/rate_range/ranges.csv",
    output:
        page=report(
            "results/images/{dataset}/sample/pages/rate_range.html",
            caption="../../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "sample: learning-rate range test"},
        ),
    log:
        "results/logs/images/{dataset}/answer_rate_range.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/answer_rate_range.py"),
    message:
        "Write the page on the range of learning rates on {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/answer_rate_range.py"


rule answer_memorisation:
    """Page: the training and the unseen accuracy of each model, conv1's by epoch."""
    input:
        histories=expand(
            "results/images/{{dataset}}/sample/baselines/{model}/history.csv",
            model=sample_plan.MODELS,
        ),
        grouped=expand(
            "results/images/{{dataset}}/sample/baselines/{model}/grouped.json",
            model=sample_plan.MODELS,
        ),
        models=expand(
            "results/images/{{dataset}}/sample/baselines/{model}/model.json",
            model=sample_plan.MODELS,
        ),
    output:
        page=report(
            "results/images/{dataset}/sample/pages/memorisation.html",
            caption="../../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "sample: memorisation"},
        ),
    log:
        "results/logs/images/{dataset}/answer_memorisation.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/answer_memorisation.py"),
        models=sample_plan.MODELS,
    message:
        "Write the page on learning and memorising {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/answer_memorisation.py"


rule answer_statistics:
    """Page: running averages against settled batch-norm statistics."""
    input:
        scores="results/images/{dataset}/sample/statistics/scores.csv",
    output:
        page=report(
            "results/images/{dataset}/sample/pages/statistics.html",
            caption="../../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "sample: batch-norm statistics"},
        ),
    log:
        "results/logs/images/{dataset}/answer_statistics.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/answer_statistics.py"),
    message:
        "Write the page on batch-norm statistics on {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/answer_statistics.py"


rule answer_validation_size:
    """Page: spread of a score against the size of the validation set, by picture and by driver."""
    input:
        none="results/images/{dataset}/augmentation/sweep/none.csv",
        types=lambda wildcards: sample_plan.sweeps(config, wildcards.dataset),
        evidence="results/images/{dataset}/augmentation/evidence.csv",
    output:
        page=report(
            "results/images/{dataset}/sample/pages/validation_size.html",
            caption="../../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "sample: size of the validation set"},
        ),
    log:
        "results/logs/images/{dataset}/answer_validation_size.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/answer_validation_size.py"),
        types=lambda wildcards: sample_plan.swept_types(config, wildcards.dataset),
        sizes=lookup(within=config, dpath="images/{dataset}/sample/validation_size/sizes"),
        draws=lookup(within=config, dpath="images/{dataset}/sample/validation_size/draws"),
        difference=lookup(within=config, dpath="images/{dataset}/sample/validation_size/difference"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Write the page on the size of the validation set of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/answer_validation_size.py"


rule answer_curves:
    """Page: what limits the network from scratch."""
    input:
        curves=expand("results/images/{{dataset}}/sample/curves/{axis}.csv", axis=sample_plan.AXES),
    output:
        page=report(
            "results/images/{dataset}/sample/pages/curves.html",
            caption="../../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "sample: learning curves"},
        ),
    log:
        "results/logs/images/{dataset}/answer_curves.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/answer_curves.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Write the page on what limits networks from scratch on {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/answer_curves.py"


rule answer_sweep:
    """Page: the gain of each type against its level, with intervals and seconds a setting."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        evidence="results/images/{dataset}/augmentation/evidence.csv",
        together="results/images/{dataset}/augmentation/evidence_together.csv",
    output:
        page=report(
            "results/images/{dataset}/augmentation/sweep.html",
            caption="../../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "augmentation: sweep"},
        ),
    log:
        "results/logs/images/{dataset}/answer_sweep.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/answer_sweep.py"),
        types=lambda wildcards: sample_plan.swept_types(config, wildcards.dataset),
        benchmarks=lambda wildcards: [
            f"results/benchmarks/images/{wildcards.dataset}/sweep_augmentation_{name}.tsv"
            for name in sample_plan.swept_types(config, wildcards.dataset)
        ],
        benchmark_together="results/benchmarks/images/{dataset}/sweep_together.tsv",
    message:
        "Write the page on the augmentation sweep of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/answer_sweep.py"


rule answer_augmentation:
    """Page: the swept augmentation against none at the same budget."""
    input:
        history="results/images/{dataset}/augmentation/combination/history.csv",
        best="results/images/{dataset}/augmentation/best.yaml",
        none="results/images/{dataset}/augmentation/none.json",
        augmented="results/images/{dataset}/augmentation/augmented.json",
        gain="results/images/{dataset}/augmentation/gain.json",
    output:
        page=report(
            "results/images/{dataset}/augmentation/gain.html",
            caption="../../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "augmentation: against none"},
        ),
    log:
        "results/logs/images/{dataset}/answer_augmentation.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/answer_augmentation.py"),
    message:
        "Write the page on augmentation for {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/answer_augmentation.py"


rule show_heads:
    input:
        histories=[f"{image_paths.HEAD}/{split}/history.csv" for split in SPLITS],
        predictions=[f"{image_paths.HEAD}/{split}/predictions.csv" for split in SPLITS],
    output:
        curves=pictures_of_heads("learning_curve"),
        matrices=pictures_of_heads("confusion_matrix"),
    log:
        "results/logs/images/{dataset}/show_heads_{backbone}.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/show_heads.py"),
        titles=[f"Head on {{backbone}}, {split} split" for split in SPLITS],
    message:
        "Draw learning curves and confusion matrices of the heads on {wildcards.backbone} of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/show_heads.py"


rule show_explanations:
    input:
        source=image_paths.SOURCE,
        manifest=image_paths.MANIFEST,
        explained=image_paths.EXPLAINED,
        description=of_backbone("head", "features", "backbone.json"),
        predictions=of_backbone("head", "heads", "grouped/predictions.csv"),
    output:
        **pages_of(explanations="where the head looks"),
    log:
        "results/logs/images/{dataset}/show_explanations.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/show_explanations.py"),
        of_drivers=lambda wildcards: ladder_plan.is_of_drivers(config, wildcards.dataset),
    message:
        "Show what spoke for sure predictions of {wildcards.dataset}, right and wrong"
    script:
        "../../workflow/scripts/images/pages/show_explanations.py"


rule show_heads_by_folds:
    input:
        source=image_paths.SOURCE,
        manifest=image_paths.MANIFEST,
        models=files_of_models(model_plan.ladder, "out_of_fold.csv"),
        selected=f"{image_paths.RESULTS}/models/selected/out_of_fold.csv",
        scores=f"{image_paths.RESULTS}/selection/scores.csv",
        gains=f"{image_paths.RESULTS}/selection/gains.csv",
        choice=f"{image_paths.RESULTS}/selection/choice.json",
        reduced=reduced_of_grid,
        ablation=f"{image_paths.RESULTS}/chain/ablation.csv",
        tuned=f"{image_paths.RESULTS}/models/chain/tuned.json",
    output:
        **pages_of(
            out_of_fold="scores on unseen groups, and the mistakes",
            ablation="what each step of the chain gives",
            selection="which head, and what its settings give",
        ),
    log:
        "results/logs/images/{dataset}/show_heads_by_folds.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/show_heads_by_folds.py"),
        backbones=lambda wildcards: model_plan.backbones(config, wildcards.dataset),
        titles=lambda wildcards: model_plan.ladder_titles(config, wildcards.dataset),
        of_drivers=lambda wildcards: ladder_plan.is_of_drivers(config, wildcards.dataset),
        seed=config["seed"],
    message:
        "Write the pages on models by folds of {wildcards.dataset}: unseen groups, the chain's steps, the selected head"
    script:
        "../../workflow/scripts/images/pages/show_heads_by_folds.py"


rule show_group_models:
    input:
        each=f"{image_paths.CONTROLS}/group_models.csv",
        together=files_of_models(model_plan.floor, "out_of_fold.csv"),
    output:
        **pages_of(group_models="one model per driver, averaged"),
    log:
        "results/logs/images/{dataset}/show_group_models.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/show_group_models.py"),
        seed=config["seed"],
    message:
        "Write the page on one model per group of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/show_group_models.py"


rule show_meta_data:
    input:
        **META_DATA,
        manifest=image_paths.MANIFEST,
    output:
        **pages_of(meta_data="size of the picture as an input"),
    log:
        "results/logs/images/{dataset}/show_meta_data.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/show_meta_data.py"),
        seed=config["seed"],
    message:
        "Write the page on picture sizes as an input for {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/show_meta_data.py"


rule show_ladder:
    input:
        rungs=lambda wildcards: rungs.files_read(ladder_plan.rungs(config, wildcards.dataset)),
        steps=lambda wildcards: rungs.files_read(overfitting_plan.steps(config, wildcards.dataset)),
    output:
        **pages_of(ladder="the ladder of scores", overfitting="five steps against overfitting"),
        table=f"{image_paths.RESULTS}/ladder.csv",
    log:
        "results/logs/images/{dataset}/show_ladder.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/show_ladder.py"),
        rungs=lambda wildcards: rungs.as_lists(ladder_plan.rungs(config, wildcards.dataset)),
        steps=lambda wildcards: rungs.as_lists(overfitting_plan.steps(config, wildcards.dataset)),
        notes=lambda wildcards: ladder_plan.notes(config, wildcards.dataset),
        seed=config["seed"],
    message:
        "Write the pages of the ladder of {wildcards.dataset} and of the steps against overfitting"
    script:
        "../../workflow/scripts/images/pages/show_ladder.py"


rule show_pseudo_labels:
    input:
        scores=f"{image_paths.PSEUDO_LABELS}/scores.csv",
        progress=f"{image_paths.PSEUDO_LABELS}/progress.csv",
    output:
        **pages_of(pseudo_labels="pseudo-labels, round by round"),
        two_moons=page(
            f"{image_paths.PSEUDO_LABELS}/two_moons.png",
            "1 Images",
            "why pseudo-labels can work",
            "two_moons",
        ),
    log:
        "results/logs/images/{dataset}/show_pseudo_labels.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/show_pseudo_labels.py"),
        settings=lambda wildcards: pseudo_plan.setting_records(config, wildcards.dataset),
        seed=config["seed"],
    message:
        "Write the page on pseudo-labels for {wildcards.dataset}, and draw why they can work"
    script:
        "../../workflow/scripts/images/pages/show_pseudo_labels.py"


rule show_distillation:
    input:
        **TEACHER,
        manifest=image_paths.MANIFEST,
        predictions=of_each(f"{image_paths.DISTILLATION}/{{learner}}.csv", learner=LEARNERS),
        pupil_model=f"{image_paths.DISTILLATION}/pupil.keras",
        pupil_graph=f"{image_paths.DISTILLATION}/pupil.pb",
        pupil_description=of_backbone("distillation", "features", "backbone.json"),
    output:
        **pages_of(distillation="a small network taught by a large one"),
        speed=f"{image_paths.DISTILLATION}/speed.csv",
    log:
        "results/logs/images/{dataset}/show_distillation.log",
    localrule: True
    conda:
        "../../envs/tensorflow.yaml"
    params:
        code=code("images/pages/show_distillation.py"),
        learners=LEARNERS,
        temperature=lookup(within=config, dpath="images/{dataset}/distillation/temperature"),
        seed=config["seed"],
    message:
        "Time the teacher's network and the pupil, and write the page on distillation for {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pages/show_distillation.py"
