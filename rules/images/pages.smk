"""The pages and pictures of an image set."""


rule show_pictures:
    input:
        source=image_paths.SOURCE,
        manifest=image_paths.MANIFEST,
        grouped=image_paths.GROUPED,
        random="results/images/{dataset}/splits/random.csv",
    output:
        examples=picture("manifest/class_examples"),
        groups=picture("splits/groups_per_split"),
    log:
        "results/logs/images/{dataset}/show_pictures.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/show_pictures.py"),
        class_names=names_of_classes,
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
        **pages_of(**sample_plan.SAMPLE_PAGES),
    log:
        "results/logs/images/{dataset}/show_sample.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/show_sample.py"),
        models=sample_plan.MODELS,
        axes=sample_plan.AXES,
        class_names=names_of_classes,
        seed=config["seed"],
    message:
        "Score the experiments on the sample of {wildcards.dataset} and write their pages"
    script:
        "../../workflow/scripts/images/pages/show_sample.py"


rule show_augmentation:
    input:
        **sample_plan.choice(),
        manifest=image_paths.MANIFEST,
        none=filled(sample_paths.SWEEP, augmentation=NONE),
        types=lambda wildcards: sample_plan.sweeps(config, wildcards.dataset),
        runs=f"{sample_paths.COMBINATION}/runs.csv",
        history=f"{sample_paths.COMBINATION}/history.csv",
    output:
        **sample_plan.augmentation_reports(),
        **pages_of(**sample_plan.AUGMENTATION_PAGES),
        contact_sheet=picture("augmentation/contact_sheet", "augmentation: contact sheet"),
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
        class_names=names_of_classes,
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
        class_names=names_of_classes,
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
            picture_map="a map of the pictures",
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
        class_names=names_of_classes,
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
        two_moons=picture("pseudo_labels/two_moons", "why pseudo-labels can work"),
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
        pupil=[f"{image_paths.DISTILLATION}/pupil.{kind}" for kind in ("keras", "pb")],
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


rule show_hidden_groups:
    input:
        compared=lambda wildcards: of_each(
            f"{image_paths.DRAW}/compared.csv", draw=hidden_plan.draws(config, wildcards.dataset)
        ),
    output:
        **pages_of(hidden_groups="estimate and truth"),
        compared=f"{image_paths.HIDDEN_GROUPS}/compared.csv",
        summary=f"{image_paths.HIDDEN_GROUPS}/summary.csv",
    log:
        "results/logs/images/{dataset}/show_hidden_groups.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/show_hidden_groups.py"),
    message:
        "Tell how near the estimates of {wildcards.dataset} come to the truth on hidden groups"
    script:
        "../../workflow/scripts/images/pages/show_hidden_groups.py"


rule show_likeness:
    input:
        likeness=f"{image_paths.HIDDEN_GROUPS}/likeness.csv",
    output:
        **pages_of(likeness="validation and test, seen without labels"),
    log:
        "results/logs/images/{dataset}/show_likeness.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pages/show_likeness.py"),
    message:
        "Tell whether the folds of {wildcards.dataset} look like its test part"
    script:
        "../../workflow/scripts/images/pages/show_likeness.py"
