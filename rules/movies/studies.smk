"""Movie ratings: other splits, content against the amount of ratings."""


rule fit_protocol:
    """The baseline and the sampled models on another split."""
    input:
        source="data/movies/{dataset}/source.json",
        ratings="results/movies/{dataset}/ratings.h5",
        movies="results/movies/{dataset}/movies.csv",
    output:
        split="results/movies/{dataset}/protocols/{protocol}/split.h5",
        bias="results/movies/{dataset}/protocols/{protocol}/bias.csv",
        bayes="results/movies/{dataset}/protocols/{protocol}/bayes.csv",
        bayes_time="results/movies/{dataset}/protocols/{protocol}/bayes_time.csv",
    log:
        "results/logs/movies/{dataset}/fit_protocol_{protocol}.log",
    benchmark:
        "results/benchmarks/movies/{dataset}/fit_protocol_{protocol}.tsv"
    conda:
        "../../envs/base.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(1000),
        runtime=60,
    params:
        code=code("movies/studies/fit_protocol.py"),
        train_share=lookup(within=config, dpath="movies/{dataset}/split/train_share"),
        rank=lookup(within=config, dpath="movies/{dataset}/bayes/rank"),
        burn_in=lookup(within=config, dpath="movies/{dataset}/bayes/burn_in"),
        samples=lookup(within=config, dpath="movies/{dataset}/bayes/samples"),
        chains=lookup(within=config, dpath="movies/{dataset}/bayes/chains"),
        most_features=lookup(within=config, dpath="movies/{dataset}/bayes/most_features"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Fit on {wildcards.dataset}, held out by {wildcards.protocol}"
    script:
        "../../workflow/scripts/movies/studies/fit_protocol.py"


rule measure_content_help:
    """Content alone, ratings alone, both, and content shuffled, on few to many ratings."""
    input:
        ratings="results/movies/{dataset}/ratings.h5",
        movies="results/movies/{dataset}/movies.csv",
        split="results/movies/{dataset}/split.h5",
    output:
        **{
            model: f"results/movies/{{dataset}}/content_help/{model}_{{share}}.csv"
            for model in targets.CONTENT_MODELS
        },
    log:
        "results/logs/movies/{dataset}/measure_content_help_{share}.log",
    benchmark:
        "results/benchmarks/movies/{dataset}/measure_content_help_{share}.tsv"
    wildcard_constraints:
        share=r"0\.\d+",
    conda:
        "../../envs/base.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(1000),
        runtime=60,
    params:
        code=code("movies/studies/measure_content_help.py"),
        models=list(targets.CONTENT_MODELS),
        rank=lookup(within=config, dpath="movies/{dataset}/bayes/rank"),
        burn_in=lookup(within=config, dpath="movies/{dataset}/bayes/burn_in"),
        samples=lookup(within=config, dpath="movies/{dataset}/bayes/samples"),
        chains=lookup(within=config, dpath="movies/{dataset}/bayes/chains"),
        most_features=lookup(within=config, dpath="movies/{dataset}/bayes/most_features"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Judge content on {wildcards.share} of the ratings of {wildcards.dataset}"
    script:
        "../../workflow/scripts/movies/studies/measure_content_help.py"
