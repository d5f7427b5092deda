"""Learning curves of the network from scratch: pictures, groups, epochs, fineness.

REQUIRED INPUTS: data/images/{dataset}/source.json, results/images/{dataset}/manifest.csv,
                 splits/grouped.csv, augmentation/best.yaml
OUTPUTS: results/images/{dataset}/sample/curves/sample.csv, images.h5, {axis}.csv
         results/images/{dataset}/sample/pages/curves.html
"""


rule draw_curve_sample:
    """As many training pictures as the longest curve takes, beside the sample's validation size."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        split="results/images/{dataset}/splits/grouped.csv",
    output:
        sample="results/images/{dataset}/sample/curves/sample.csv",
    log:
        "results/logs/images/{dataset}/draw_curve_sample.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("draw_sample.py"),
        train=lambda wildcards: sample_plan.curve_pictures(config, wildcards.dataset),
        valid=lookup(within=config, dpath="images/{dataset}/sample/valid"),
        seed=lookup(within=config, dpath="images/{dataset}/split/seed"),
    message:
        "Draw the pictures of {wildcards.dataset} for the learning curves"
    script:
        "../workflow/scripts/draw_sample.py"


rule decode_curve_pictures:
    """These pictures, small and decoded once."""
    input:
        source="data/images/{dataset}/source.json",
        manifest="results/images/{dataset}/manifest.csv",
        split="results/images/{dataset}/splits/grouped.csv",
        sample="results/images/{dataset}/sample/curves/sample.csv",
    output:
        pictures="results/images/{dataset}/sample/curves/images.h5",
    log:
        "results/logs/images/{dataset}/decode_curve_pictures.log",
    benchmark:
        "results/benchmarks/images/{dataset}/decode_curve_pictures.tsv"
    conda:
        "../envs/base.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(500),
        runtime=30,
    params:
        code=code("decode_sample.py"),
        input_size=lookup(within=config, dpath="images/{dataset}/sample/input_size"),
        seed=lookup(within=config, dpath="images/{dataset}/split/seed"),
    message:
        "Decode the pictures of the learning curves of {wildcards.dataset}"
    script:
        "../workflow/scripts/decode_sample.py"


rule fit_curve:
    """conv1 with the swept augmentation at every point of one curve, all seeds."""
    input:
        pictures="results/images/{dataset}/sample/curves/images.h5",
        best="results/images/{dataset}/augmentation/best.yaml",
    output:
        runs="results/images/{dataset}/sample/curves/{axis}.csv",
    log:
        "results/logs/images/{dataset}/fit_curve_{axis}.log",
    benchmark:
        "results/benchmarks/images/{dataset}/fit_curve_{axis}.tsv"
    wildcard_constraints:
        axis=one_of(sample_plan.AXES),
    conda:
        "../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(2000),
        runtime=30,
    params:
        code=code("fit_curve.py"),
        values=lookup(within=config, dpath="images/{dataset}/sample/curves/{axis}"),
        base=lookup(within=config, dpath="images/{dataset}/sample/train"),
        base_shrink=lookup(within=config, dpath="images/{dataset}/sample/curves/base_shrink"),
        schedule=lookup(within=config, dpath="images/{dataset}/sample/curves/schedule"),
        batch_size=lookup(within=config, dpath="images/{dataset}/sample/batch_size"),
        seeds=lookup(within=config, dpath="images/{dataset}/sample/seeds"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Learning curve of {wildcards.dataset} over {wildcards.axis}"
    script:
        "../workflow/scripts/fit_curve.py"


rule answer_curves:
    """Page: what limits the network from scratch."""
    input:
        curves=expand("results/images/{{dataset}}/sample/curves/{axis}.csv", axis=sample_plan.AXES),
    output:
        page=report(
            "results/images/{dataset}/sample/pages/curves.html",
            caption="../workflow/report/question.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "sample: learning curves"},
        ),
    log:
        "results/logs/images/{dataset}/answer_curves.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("answer_curves.py"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Write the page on what limits networks from scratch on {wildcards.dataset}"
    script:
        "../workflow/scripts/answer_curves.py"
