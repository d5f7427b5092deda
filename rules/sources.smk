"""Downloads: checked by size and sum where the publisher gives them, so code edits never repeat them."""

import re


rule download_source:
    """A file of the publishers' table, by its own name."""
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
        "Download {wildcards.file}"
    script:
        "../workflow/scripts/sources/download_source.py"
