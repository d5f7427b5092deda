"""Sources: downloaded, and unpacked to a folder where their files lie.

REQUIRED INPUTS: none, or the user's own folders and archives
OUTPUTS: data/downloads/{file}, data/{pipeline}/{dataset}/source.json
"""

import re

UNPACKED = {
    "images": names_of_kind("images", "statefarm", "folder"),
    "movies": names_of_kind("movies", "movielens"),
}
"""Data sets whose source is unpacked, by pipeline."""


rule download_source:
    output:
        "data/downloads/{file}",
    log:
        "results/logs/download_source/{file}.log",
    wildcard_constraints:
        file=one_of(map(re.escape, locations.download_files())),
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        sum=lambda wildcards: locations.published_sum(wildcards.file),
    message:
        "Download {wildcards.file}; an edit of the code never repeats it"
    script:
        "../workflow/scripts/sources/download_source.py"


rule unpack_source:
    input:
        source=lambda wildcards: source_if_present(wildcards.pipeline)(wildcards),
    output:
        source="data/{pipeline}/{dataset}/source.json",
    log:
        "results/logs/{pipeline}/{dataset}/unpack_source.log",
    benchmark:
        "results/benchmarks/{pipeline}/{dataset}/unpack_source.tsv"
    wildcard_constraints:
        # Looks ahead to the data set: one name may be of another kind in the other pipeline.
        pipeline="|".join(f"{key}(?=/({one_of(sets)})/)" for key, sets in UNPACKED.items()),
    conda:
        "../envs/base.yaml"
    resources:
        mem_mb=memory(500),
        runtime=120,
    params:
        code=code("sources/unpack_source.py"),
        path=lambda wildcards, input: source_path(wildcards.pipeline)(wildcards, input),
        needed=lambda wildcards: locations.needed_names(
            config, wildcards.pipeline, wildcards.dataset
        ),
    message:
        "Unpack the source of {wildcards.dataset}; an unpacked folder is used where it is"
    script:
        "../workflow/scripts/sources/unpack_source.py"
