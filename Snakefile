from snakemake.utils import min_version

min_version("9.27")


configfile: "config/config.yaml"


report: "workflow/report/workflow.rst"


include: "rules/common.smk"
include: "rules/sources.smk"
include: "rules/images/common.smk"
include: "rules/images/pictures.smk"
include: "rules/images/sample.smk"
include: "rules/images/augmentation.smk"
include: "rules/images/features.smk"
include: "rules/images/heads.smk"
include: "rules/images/folds.smk"
include: "rules/images/ensemble.smk"
include: "rules/images/pseudo_labels.smk"
include: "rules/images/submission.smk"
include: "rules/images/hidden_groups.smk"
include: "rules/images/scores.smk"
include: "rules/images/pages.smk"
include: "rules/movies/common.smk"
include: "rules/movies/ratings.smk"
include: "rules/movies/models.smk"
include: "rules/movies/studies.smk"
include: "rules/movies/recommender.smk"
include: "rules/movies/ranking.smk"
include: "rules/movies/pages.smk"
include: "rules/reviews/common.smk"
include: "rules/reviews/corpus.smk"
include: "rules/reviews/vectors.smk"
include: "rules/reviews/models.smk"
include: "rules/reviews/ensemble.smk"
include: "rules/reviews/pages.smk"
include: "rules/small/characters.smk"
include: "rules/small/keras_checks.smk"
include: "rules/small/convolution.smk"
include: "rules/small/optimizers.smk"
include: "rules/small/optimizer_comparison.smk"
include: "rules/overview.smk"


rule all:
    """Everything that the configuration's `run` lists name (the default)."""
    default_target: True
    input:
        "results/run_config.yaml",
        "results/front_page.html",
        "results/comparison.csv",
        targets.image_files(config),
        movies_plan.files(config),
        reviews_plan.files(config),
        characters_plan.files(config),
        targets.small_files(config),
    message:
        "Everything that `run` names is there"


rule images:
    """Pictures: from photos to features, heads and a submission."""
    input:
        targets.image_files(config),
    message:
        "All of images is there"


rule sample_experiments:
    """Pictures: every experiment on the sample, each with a page that answers its question."""
    input:
        sample_plan.files(config),
    message:
        "All of sample_experiments is there"


rule features:
    """Pictures: convolutional features, computed once and stored."""
    input:
        targets.feature_files(config),
    message:
        "All of features is there"


rule heads:
    """Pictures: heads on the features by splits and by folds, the ensemble, what each step gives."""
    input:
        targets.head_files(config),
        targets.technique_files(config),
        model_plan.files(config),
    message:
        "All of heads is there"


rule pseudo_labels:
    """Pictures: training on predicted labels in rounds, and a small network taught by a large one."""
    input:
        pseudo_plan.files(config),
    message:
        "All of pseudo_labels is there"


rule submission:
    """Pictures: the test predictions in the competition's format."""
    input:
        targets.submission_files(config),
    message:
        "All of submission is there"


rule hide_and_compare:
    """Pictures: is the estimate true? Labelled groups hidden as a test, estimate against truth."""
    input:
        hidden_plan.files(config),
    message:
        "All of hide_and_compare is there"


rule movies:
    """Ratings: from baselines to a sampled model; what it learned; a recommender."""
    input:
        movies_plan.files(config),
    message:
        "All of movies is there"


rule reviews:
    """Sentiment: the lesson's networks, word vectors, linear models and their ensemble."""
    input:
        reviews_plan.files(config),
    message:
        "All of reviews is there"


rule characters:
    """Small: nets that read characters, what their memory is worth, and what they write."""
    input:
        characters_plan.files(config),
    message:
        "All of characters is there"


rule optimizers:
    """Small: seven optimizers on a line, their paths and failures, as a page and a spreadsheet."""
    input:
        targets.SMALL["optimizers"],
    message:
        "All of optimizers is there"


rule optimizer_comparison:
    """Small: five ways to choose the steps, on pictures, ratings and reviews."""
    input:
        targets.SMALL["optimizer_comparison"],
    message:
        "All of optimizer_comparison is there"


rule convolution:
    """Small: a convolution by hand, as a page and a spreadsheet."""
    input:
        targets.SMALL["convolution"],
    message:
        "All of convolution is there"
