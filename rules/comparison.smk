"""All scores in one table.

REQUIRED INPUTS: the metrics.json of every model
OUTPUTS: results/{pipeline}/{dataset}/comparison.csv, results/comparison.{csv,html}
"""


def image_models(dataset):
    """Metrics of an image set, each with the benchmark of the job that fitted the model."""
    backbone = config["images"][dataset]["head"]["backbone"]
    heads = f"results/images/{dataset}/heads/{backbone}"
    fits = f"results/benchmarks/images/{dataset}/fit_head_{backbone}"
    models = {
        f"{heads}/grouped/metrics.json": f"{fits}_grouped.tsv",
        f"{heads}/random/metrics.json": f"{fits}_random.tsv",
        f"{heads}/leak.json": None,
        **sample_models(dataset),
    }
    if dataset in names_of_kind("images", "demo"):
        models[f"results/images/{dataset}/submission/true_score.json"] = None
    return models


def movie_models(dataset):
    """Metrics of a rating set, each with the benchmark of the job that fitted the model."""
    return {
        f"results/movies/{dataset}/{model}/metrics.json": f"results/benchmarks/movies/{dataset}/fit_{model}.tsv"
        for model in ("bias", "dot_bias")
    }


def review_models(dataset):
    """Metrics of a review set, each with the benchmark of the job that fitted the model."""
    fit = f"results/benchmarks/reviews/{dataset}/fit_convolution.tsv"
    return {
        f"results/reviews/{dataset}/convolution/metrics_{part}.json": fit
        for part in ("valid", "test")
    }


MODELS = {"images": image_models, "movies": movie_models, "reviews": review_models}


def comparison_of(pipeline, dataset):
    """The last file of a pipeline's target for one data set."""
    return f"results/{pipeline}/{dataset}/comparison.csv"


rule compare_models:
    """The scores of all models of one data set."""
    input:
        metrics=lambda wildcards: list(MODELS[wildcards.pipeline](wildcards.dataset)),
    output:
        comparison="results/{pipeline}/{dataset}/comparison.csv",
    log:
        "results/logs/{pipeline}/{dataset}/compare_models.log",
    wildcard_constraints:
        pipeline=one_of(MODELS),
    conda:
        "../envs/base.yaml"
    params:
        code=code("compare_models.py"),
        benchmarks=lambda wildcards: list(
            MODELS[wildcards.pipeline](wildcards.dataset).values()
        ),
    script:
        "../workflow/scripts/compare_models.py"


rule join_comparisons:
    """The scores of everything that the `run` lists name."""
    input:
        comparisons=[
            comparison_of(pipeline, name)
            for pipeline in MODELS
            for name in config["run"][pipeline]
        ],
    output:
        comparison="results/comparison.csv",
        page=report(
            "results/comparison.html",
            caption="../workflow/report/comparison.rst",
            category="Comparison",
            labels={"what": "all models"},
        ),
    log:
        "results/logs/join_comparisons.log",
    conda:
        "../envs/base.yaml"
    params:
        code=code("join_comparisons.py"),
    script:
        "../workflow/scripts/join_comparisons.py"
