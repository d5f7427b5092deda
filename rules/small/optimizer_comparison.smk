"""Five ways to choose the steps, through the pipelines' own training, at equal budget."""


rule compare_image_optimizers:
    """A network from scratch on the sample of pictures."""
    input:
        pictures="results/images/{dataset}/sample/images.h5",
    output:
        fits="results/images/{dataset}/optimizers/fits.csv",
        rows="results/images/{dataset}/optimizers/rows.h5",
    log:
        "results/logs/images/{dataset}/compare_image_optimizers.log",
    benchmark:
        "results/benchmarks/images/{dataset}/compare_image_optimizers.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(1500),
        runtime=30,
    params:
        code=code("small/optimizer_comparison/compare_image_optimizers.py"),
        epochs=lookup(within=config, dpath="optimizer_comparison/images/epochs"),
        rates=lookup(within=config, dpath="optimizer_comparison/images/rates"),
        shrink=lookup(within=config, dpath="optimizer_comparison/images/shrink"),
        seeds=lookup(within=config, dpath="optimizer_comparison/seeds"),
        batch_size=lookup(within=config, dpath="images/{dataset}/sample/batch_size"),
        inner_share=lookup(within=config, dpath="images/{dataset}/sample/inner_share"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Compare optimizers on the pictures of {wildcards.dataset}"
    script:
        "../../workflow/scripts/small/optimizer_comparison/compare_image_optimizers.py"


rule compare_rating_optimizers:
    """The dot product with biases on the ratings."""
    input:
        ratings="results/movies/{dataset}/ratings.h5",
        split="results/movies/{dataset}/split.h5",
    output:
        fits="results/movies/{dataset}/optimizers/fits.csv",
        rows="results/movies/{dataset}/optimizers/rows.h5",
    log:
        "results/logs/movies/{dataset}/compare_rating_optimizers.log",
    benchmark:
        "results/benchmarks/movies/{dataset}/compare_rating_optimizers.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(1500),
        runtime=30,
    params:
        code=code("small/optimizer_comparison/compare_rating_optimizers.py"),
        epochs=lookup(within=config, dpath="optimizer_comparison/movies/epochs"),
        rates=lookup(within=config, dpath="optimizer_comparison/movies/rates"),
        seeds=lookup(within=config, dpath="optimizer_comparison/seeds"),
        factors=lookup(within=config, dpath="movies/{dataset}/lesson/factors"),
        l2=lookup(within=config, dpath="movies/{dataset}/lesson/l2"),
        batch_size=lookup(within=config, dpath="movies/{dataset}/lesson/batch_size"),
        inner_share=lookup(within=config, dpath="movies/{dataset}/lesson/inner_share"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Compare optimizers on the ratings of {wildcards.dataset}"
    script:
        "../../workflow/scripts/small/optimizer_comparison/compare_rating_optimizers.py"


rule compare_review_optimizers:
    """The one-dimensional convolution on a part of the reviews."""
    input:
        reviews="results/reviews/{dataset}/reviews.csv",
        tokens="results/reviews/{dataset}/tokens.h5",
        split="results/reviews/{dataset}/split.csv",
    output:
        fits="results/reviews/{dataset}/optimizers/fits.csv",
        rows="results/reviews/{dataset}/optimizers/rows.h5",
    log:
        "results/logs/reviews/{dataset}/compare_review_optimizers.log",
    benchmark:
        "results/benchmarks/reviews/{dataset}/compare_review_optimizers.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(1500),
        runtime=30,
    params:
        code=code("small/optimizer_comparison/compare_review_optimizers.py"),
        epochs=lookup(within=config, dpath="optimizer_comparison/reviews/epochs"),
        rates=lookup(within=config, dpath="optimizer_comparison/reviews/rates"),
        reviews=lookup(within=config, dpath="optimizer_comparison/reviews/reviews"),
        seeds=lookup(within=config, dpath="optimizer_comparison/seeds"),
        vocabulary=lookup(within=config, dpath="reviews/{dataset}/tokens/vocabulary"),
        length=lookup(within=config, dpath="reviews/{dataset}/tokens/length"),
        padding=lookup(within=config, dpath="reviews/{dataset}/tokens/padding"),
        truncating=lookup(within=config, dpath="reviews/{dataset}/tokens/truncating"),
        batch_size=lookup(within=config, dpath="reviews/{dataset}/networks/batch_size"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Compare optimizers on the reviews of {wildcards.dataset}"
    script:
        "../../workflow/scripts/small/optimizer_comparison/compare_review_optimizers.py"


rule tabulate_optimizers:
    """One table of all pipelines: which differences are outside the noise."""
    input:
        fits=targets.trial_files(config, "fits.csv"),
        rows=targets.trial_files(config, "rows.h5"),
    output:
        table="results/optimizers/comparison.csv",
        page=report(
            "results/optimizers/comparison.html",
            caption="../../workflow/report/optimizer_comparison.rst",
            category="2 Optimizers",
            labels={"what": "comparison over the pipelines"},
        ),
    log:
        "results/logs/optimizers/tabulate_optimizers.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("small/optimizer_comparison/tabulate_optimizers.py"),
        sets=targets.trial_sets(config),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Compare the optimizers over the pipelines"
    script:
        "../../workflow/scripts/small/optimizer_comparison/tabulate_optimizers.py"
