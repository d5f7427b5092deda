"""Movie ratings: models on other splits, and with content on few to many ratings.

REQUIRED INPUTS: data/movies/{dataset}/source.json,
                 results/movies/{dataset}/ratings.h5, movies.csv, split.h5, reading.json
OUTPUTS: results/movies/{dataset}/protocols/{protocol}/split.h5, {reference model}.csv
         results/movies/{dataset}/content_help/{model}_{share}.csv
"""

for suffix, names, sets in alike("movies", movies_plan.references):

    rule:
        name:
            f"fit_protocol{suffix}"
        input:
            source=published_split,
            ratings=movies_paths.RATINGS,
            movies=movies_paths.MOVIES,
            reading=movies_paths.READING,
        output:
            split="results/movies/{dataset}/protocols/{protocol}/split.h5",
            predictions=of_each(movies_paths.PROTOCOL, file=[f"{model}.csv" for model in names]),
        log:
            "results/logs/movies/{dataset}/fit_protocol_{protocol}.log",
        benchmark:
            "results/benchmarks/movies/{dataset}/fit_protocol_{protocol}.tsv"
        wildcard_constraints:
            dataset=sets,
        conda:
            "../../envs/base.yaml"
        threads: config["threads"]
        resources:
            mem_mb=memory(1000),
            runtime=60,
        params:
            code=code("movies/studies/fit_protocol.py"),
            models=names,
            split=section("movies/{dataset}/split", "train_share"),
            bayes=section("movies/{dataset}/bayes"),
            seed=config["seed"],
        message:
            "Fit the reference models on {wildcards.dataset}, split by {wildcards.protocol}"
        script:
            "../../workflow/scripts/movies/studies/fit_protocol.py"


rule measure_content_help:
    input:
        **movies_paths.TABLES,
    output:
        predictions=of_each(movies_paths.CONTENT_HELP, model=rating_models.CONTENT_STUDY),
    log:
        "results/logs/movies/{dataset}/measure_content_help_{share}.log",
    benchmark:
        "results/benchmarks/movies/{dataset}/measure_content_help_{share}.tsv"
    wildcard_constraints:
        share=r"0\.\d+",
    conda:
        "../../envs/base.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory(1000),
        runtime=60,
    params:
        code=code("movies/studies/measure_content_help.py"),
        models=rating_models.CONTENT_STUDY,
        bayes=section("movies/{dataset}/bayes"),
        seed=config["seed"],
    message:
        "Fit with and without content on {wildcards.share} of the ratings of {wildcards.dataset}"
    script:
        "../../workflow/scripts/movies/studies/measure_content_help.py"
