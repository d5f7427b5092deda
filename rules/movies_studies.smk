"""Movie ratings: other splits, content against the amount of ratings.

REQUIRED INPUTS: results/movies/{dataset}/{ratings,split}.h5, movies.csv
OUTPUTS: results/movies/{dataset}/protocols/{protocol}/, protocols.{csv,html}
         results/movies/{dataset}/content_help/, content_help.{csv,png}
"""


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
        "../envs/base.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(1000),
        runtime=60,
    params:
        code=code("fit_protocol.py"),
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
        "../workflow/scripts/fit_protocol.py"


rule score_protocols:
    """Whether the best model stays best, with cold movies and users apart."""
    input:
        ratings="results/movies/{dataset}/ratings.h5",
        splits=lambda wildcards: targets.protocol_files(config, "split.h5", **wildcards),
        bias=lambda wildcards: targets.protocol_files(config, "bias.csv", **wildcards),
        bayes=lambda wildcards: targets.protocol_files(config, "bayes.csv", **wildcards),
        bayes_time=lambda wildcards: targets.protocol_files(config, "bayes_time.csv", **wildcards),
    output:
        table="results/movies/{dataset}/protocols.csv",
        page=report(
            "results/movies/{dataset}/protocols.html",
            caption="../workflow/report/protocols.rst",
            category="4 Movies",
            subcategory="{dataset}",
            labels={"what": "other splits"},
        ),
    log:
        "results/logs/movies/{dataset}/score_protocols.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("score_protocols.py"),
        protocols=lookup(within=config, dpath="movies/{dataset}/protocols"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score the rating models of {wildcards.dataset} by other splits"
    script:
        "../workflow/scripts/score_protocols.py"


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
        "../envs/base.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(1000),
        runtime=60,
    params:
        code=code("measure_content_help.py"),
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
        "../workflow/scripts/measure_content_help.py"


rule plot_content_help:
    """RMSE by number of training ratings, with and without content."""
    input:
        ratings="results/movies/{dataset}/ratings.h5",
        split="results/movies/{dataset}/split.h5",
        predictions=lambda wildcards: targets.content_files(config, **wildcards),
    output:
        table="results/movies/{dataset}/content_help.csv",
        plot=report(
            "results/movies/{dataset}/content_help.png",
            caption="../workflow/report/content_help.rst",
            category="4 Movies",
            subcategory="{dataset}",
            labels={"what": "does content help"},
        ),
    log:
        "results/logs/movies/{dataset}/plot_content_help.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("plot_content_help.py"),
        models=list(targets.CONTENT_MODELS),
        shares=lookup(within=config, dpath="movies/{dataset}/content_shares"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Draw what content gives by the amount of ratings of {wildcards.dataset}"
    script:
        "../workflow/scripts/plot_content_help.py"
