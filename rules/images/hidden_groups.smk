"""Is the estimate true? Labelled groups are hidden as a test part, and the truth is looked up last.

REQUIRED INPUTS: manifest.csv, features/{backbone}/labelled.h5
OUTPUTS: hidden_groups/draw_{draw}: manifest.csv, folds.csv, neighbours.h5, models/{member},
compared.csv; hidden_groups/compared.csv, summary.csv, likeness.csv
"""


rule hide_groups:
    input:
        manifest=image_paths.MANIFEST,
    output:
        manifest=f"{image_paths.DRAW}/manifest.csv",
        folds=f"{image_paths.DRAW}/folds.csv",
    log:
        "results/logs/images/{dataset}/hide_groups_{draw}.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/hidden_groups/hide_groups.py"),
        groups=lambda wildcards: hidden_plan.hidden(config, wildcards.dataset),
        folds=lookup(within=config, dpath="images/{dataset}/folds"),
        seed=config["seed"],
    message:
        "Hide labelled groups of {wildcards.dataset} as a test part, draw {wildcards.draw}, and deal the others into folds"
    script:
        "../../workflow/scripts/images/hidden_groups/hide_groups.py"


rule average_regions:
    input:
        store=of_backbone("head", "features", "labelled.h5"),
        shards=shards_read_by("head"),
        description=of_backbone("head", "features", "backbone.json"),
    output:
        store=f"{image_paths.HIDDEN_GROUPS}/regions.h5",
    log:
        "results/logs/images/{dataset}/average_regions.log",
    benchmark:
        "results/benchmarks/images/{dataset}/average_regions.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(500),
    params:
        code=code("images/hidden_groups/average_regions.py"),
        regions=lookup(within=config, dpath="images/{dataset}/grid/regions"),
    message:
        "Average the labelled features of {wildcards.dataset} over regions, once for all draws"
    script:
        "../../workflow/scripts/images/hidden_groups/average_regions.py"


for suffix, names, sets in alike("images", hidden_plan.members):

    rule:
        name:
            f"fit_hidden_members{suffix}"
        input:
            manifest=f"{image_paths.DRAW}/manifest.csv",
            folds=f"{image_paths.DRAW}/folds.csv",
            store=f"{image_paths.HIDDEN_GROUPS}/regions.h5",
            description=of_backbone("head", "features", "backbone.json"),
        output:
            neighbours=f"{image_paths.DRAW}/neighbours.h5",
            out_of_fold=of_each(f"{image_paths.DRAW}/models/{{model}}/out_of_fold.csv", model=names),
            test=of_each(f"{image_paths.DRAW}/models/{{model}}/test.csv", model=names),
        log:
            "results/logs/images/{dataset}/fit_hidden_members_{draw}.log",
        benchmark:
            "results/benchmarks/images/{dataset}/fit_hidden_members_{draw}.tsv"
        wildcard_constraints:
            dataset=sets,
        conda:
            "../../envs/tensorflow.yaml"
        threads: config["threads"]
        resources:
            mem_mb=memory(4500),
            runtime=60,
        params:
            code=code("images/hidden_groups/fit_hidden_members.py"),
            linear=lambda wildcards: hidden_plan.linear(config, wildcards.dataset),
            members=names,
            trial=section("images/{dataset}/hidden_groups", "components", "seeds"),
            grid=section(
                "images/{dataset}/grid",
                *("look_alikes", "regions", "regions_strength", "schedule", "optimizer"),
                "batch_size",
            ),
            counts=lookup(within=config, dpath="images/{dataset}/chain/neighbours"),
            seed=config["seed"],
        message:
            "Fit the members for {wildcards.dataset} without the groups that draw {wildcards.draw} hides"
        script:
            "../../workflow/scripts/images/hidden_groups/fit_hidden_members.py"

    rule:
        name:
            f"compare_hidden_groups{suffix}"
        input:
            manifest=f"{image_paths.DRAW}/manifest.csv",
            folds=f"{image_paths.DRAW}/folds.csv",
            neighbours=f"{image_paths.DRAW}/neighbours.h5",
            out_of_fold=of_each(f"{image_paths.DRAW}/models/{{model}}/out_of_fold.csv", model=names),
            test=of_each(f"{image_paths.DRAW}/models/{{model}}/test.csv", model=names),
            truth=image_paths.MANIFEST,
        output:
            compared=f"{image_paths.DRAW}/compared.csv",
        log:
            "results/logs/images/{dataset}/compare_hidden_groups_{draw}.log",
        benchmark:
            "results/benchmarks/images/{dataset}/compare_hidden_groups_{draw}.tsv"
        wildcard_constraints:
            dataset=sets,
        conda:
            "../../envs/base.yaml"
        resources:
            mem_mb=memory(1000),
        params:
            code=code("images/hidden_groups/compare_hidden_groups.py"),
            members=names,
            choices=section("images/{dataset}/chain", *CHAIN_KEYS),
            seed=config["seed"],
        message:
            "Compare estimate and truth of each step on the groups of {wildcards.dataset} that draw {wildcards.draw} hid"
        script:
            "../../workflow/scripts/images/hidden_groups/compare_hidden_groups.py"


rule measure_likeness:
    input:
        manifest=image_paths.MANIFEST,
        folds=image_paths.FOLDS,
        labelled=of_backbone("head", "reduced", "labelled.h5"),
        test=test_if_present("head", "reduced"),
        predicted=f"{image_paths.RESULTS}/models/selected/out_of_fold.csv",
        answered=f"{image_paths.RESULTS}/models/selected/test.csv",
    output:
        likeness=f"{image_paths.HIDDEN_GROUPS}/likeness.csv",
    log:
        "results/logs/images/{dataset}/measure_likeness.log",
    benchmark:
        "results/benchmarks/images/{dataset}/measure_likeness.tsv"
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(2000),
    params:
        code=code("images/hidden_groups/measure_likeness.py"),
        seed=config["seed"],
    message:
        "Measure what the folds and the test part of {wildcards.dataset} look like beside their training pictures"
    script:
        "../../workflow/scripts/images/hidden_groups/measure_likeness.py"
