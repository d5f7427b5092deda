"""From a source of pictures to the manifest, the splits and the sample.

REQUIRED INPUTS: the source that `images: {dataset}: source` names
OUTPUTS: data/images/{dataset}/source.json
         results/images/{dataset}/manifest.csv
         results/images/{dataset}/splits/{grouped,random}.csv
         results/images/{dataset}/sample/sample.csv
         results/images/{dataset}/manifest/{class_examples,groups_per_split}.png
"""


rule draw_demo_photos:
    """Photos of drivers that exist only as numbers."""
    output:
        source="data/images/{dataset}/source.json",
    log:
        "results/logs/images/{dataset}/draw_demo_photos.log",
    benchmark:
        "results/benchmarks/images/{dataset}/draw_demo_photos.tsv"
    wildcard_constraints:
        dataset=one_of(names_of_kind("images", "demo")),
    conda:
        "../envs/base.yaml"
    resources:
        mem_mb=memory(500),
        runtime=30,
    params:
        code=code("draw_demo_photos.py"),
        drivers=lookup(within=config, dpath="images/{dataset}/source/demo/drivers"),
        test_drivers=lookup(within=config, dpath="images/{dataset}/source/demo/test_drivers"),
        frames=lookup(within=config, dpath="images/{dataset}/source/demo/frames"),
        seed=lookup(within=config, dpath="images/{dataset}/source/demo/seed"),
    message:
        "Draw the demo photos of {wildcards.dataset}"
    script:
        "../workflow/scripts/draw_demo_photos.py"


rule unpack_images:
    """A folder where the pictures lie as files; an unpacked folder is used where it is."""
    input:
        source=source_if_present("images"),
    output:
        source="data/images/{dataset}/source.json",
    log:
        "results/logs/images/{dataset}/unpack_images.log",
    benchmark:
        "results/benchmarks/images/{dataset}/unpack_images.tsv"
    wildcard_constraints:
        dataset=one_of(names_of_kind("images", "statefarm", "folder")),
    conda:
        "../envs/base.yaml"
    resources:
        mem_mb=memory(500),
        runtime=120,
    params:
        code=code("unpack_source.py"),
        path=source_path("images"),
    message:
        "Unpack the pictures of {wildcards.dataset}"
    script:
        "../workflow/scripts/unpack_source.py"


rule make_manifest:
    """Every picture once, with class, group, size and checksum: the single source of row order."""
    input:
        source="data/images/{dataset}/source.json",
    output:
        manifest="results/images/{dataset}/manifest.csv",
    log:
        "results/logs/images/{dataset}/make_manifest.log",
    benchmark:
        "results/benchmarks/images/{dataset}/make_manifest.tsv"
    conda:
        "../envs/base.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(1000),
        runtime=60,
    params:
        code=code("make_manifest.py"),
        layout=lambda wildcards: locations.image_layout(config, wildcards.dataset),
        settings=lambda wildcards: locations.folder_settings(config, wildcards.dataset),
    message:
        "Check every picture of {wildcards.dataset}"
    script:
        "../workflow/scripts/make_manifest.py"


rule split_by_group:
    """The split that counts: whole groups are held out."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
    output:
        split="results/images/{dataset}/splits/grouped.csv",
    log:
        "results/logs/images/{dataset}/split_by_group.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("split_by_group.py"),
        valid_share=lookup(within=config, dpath="images/{dataset}/split/valid_share"),
        seed=lookup(within=config, dpath="images/{dataset}/split/seed"),
    message:
        "Split {wildcards.dataset} by group"
    script:
        "../workflow/scripts/split_by_group.py"


rule split_at_random:
    """The split that leaks, for comparison only; no selection and no submission reads it."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        grouped="results/images/{dataset}/splits/grouped.csv",
    output:
        split="results/images/{dataset}/splits/random.csv",
    log:
        "results/logs/images/{dataset}/split_at_random.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("split_at_random.py"),
        seed=lookup(within=config, dpath="images/{dataset}/split/seed"),
    message:
        "Split {wildcards.dataset} at random, to compare"
    script:
        "../workflow/scripts/split_at_random.py"


rule draw_sample:
    """A stratified sample of both sides of the grouped split, for quick experiments."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        split="results/images/{dataset}/splits/grouped.csv",
    output:
        sample="results/images/{dataset}/sample/sample.csv",
    log:
        "results/logs/images/{dataset}/draw_sample.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("draw_sample.py"),
        train=lookup(within=config, dpath="images/{dataset}/sample/train"),
        valid=lookup(within=config, dpath="images/{dataset}/sample/valid"),
        seed=lookup(within=config, dpath="images/{dataset}/split/seed"),
    message:
        "Draw the sample of {wildcards.dataset}"
    script:
        "../workflow/scripts/draw_sample.py"


rule plot_class_examples:
    """A few pictures of every class."""
    input:
        source="data/images/{dataset}/source.json",
        manifest="results/images/{dataset}/manifest.csv",
    output:
        plot=report(
            "results/images/{dataset}/manifest/class_examples.png",
            caption="../workflow/report/class_examples.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "class examples"},
        ),
    log:
        "results/logs/images/{dataset}/plot_class_examples.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("plot_class_examples.py"),
        seed=lookup(within=config, dpath="images/{dataset}/split/seed"),
    message:
        "Draw pictures of every class of {wildcards.dataset}"
    script:
        "../workflow/scripts/plot_class_examples.py"


rule plot_groups_per_split:
    """How many pictures of which group stand on which side of each split."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
        grouped="results/images/{dataset}/splits/grouped.csv",
        random="results/images/{dataset}/splits/random.csv",
    output:
        plot=report(
            "results/images/{dataset}/splits/groups_per_split.png",
            caption="../workflow/report/groups_per_split.rst",
            category="1 Images",
            subcategory="{dataset}",
            labels={"what": "groups per split"},
        ),
    log:
        "results/logs/images/{dataset}/plot_groups_per_split.log",
    localrule: True
    conda:
        "../envs/base.yaml"
    params:
        code=code("plot_groups_per_split.py"),
    message:
        "Draw which groups of {wildcards.dataset} stand on which side"
    script:
        "../workflow/scripts/plot_groups_per_split.py"
