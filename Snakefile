from snakemake.utils import min_version

min_version("9.27")


configfile: "config/config.yaml"


report: "workflow/report/workflow.rst"


include: "rules/common.smk"
include: "rules/sources.smk"
include: "rules/images_manifest.smk"
include: "rules/images_features.smk"
include: "rules/images_heads.smk"
include: "rules/images_submission.smk"
include: "rules/movies.smk"
include: "rules/reviews.smk"
include: "rules/optimizers.smk"
include: "rules/convolution.smk"
include: "rules/comparison.smk"


rule all:
    """Everything that the configuration's `run` lists name (the default)."""
    default_target: True
    input:
        "results/run_config.yaml",
        "results/comparison.csv",
        image_files(),
        movie_files(),
        review_files(),
        small_files(),


rule images:
    """Pictures: from photos to features, heads and a submission."""
    input:
        image_files(),


rule features:
    """Pictures: convolutional features, computed once and stored."""
    input:
        feature_files(),


rule heads:
    """Pictures: dense heads on the features, by the grouped and by the random split."""
    input:
        head_files(),


rule submission:
    """Pictures: the test predictions in the competition's format."""
    input:
        submission_files(),


rule movies:
    """Ratings: the bias baseline and the dot product with biases."""
    input:
        movie_files(),


rule reviews:
    """Sentiment: the one-dimensional convolution."""
    input:
        review_files(),


rule optimizers:
    """Small: seven optimizers on a line, their paths and failures, as a page and a spreadsheet."""
    input:
        SMALL["optimizers"],


rule convolution:
    """Small: a convolution by hand, as a page and a spreadsheet."""
    input:
        SMALL["convolution"],
