"""From a source of pictures to the manifest, the splits and the folds."""


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
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(500),
        runtime=30,
    params:
        code=code("images/pictures/draw_demo_photos.py"),
        drivers=lookup(within=config, dpath="images/{dataset}/source/demo/drivers"),
        test_drivers=lookup(within=config, dpath="images/{dataset}/source/demo/test_drivers"),
        frames=lookup(within=config, dpath="images/{dataset}/source/demo/frames"),
        seed=lookup(within=config, dpath="images/{dataset}/source/demo/seed"),
    message:
        "Draw the demo photos of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pictures/draw_demo_photos.py"


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
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(500),
        runtime=120,
    params:
        code=code("sources/unpack_source.py"),
        path=source_path("images"),
    message:
        "Unpack the pictures of {wildcards.dataset}"
    script:
        "../../workflow/scripts/sources/unpack_source.py"


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
        "../../envs/base.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(1000),
        runtime=60,
    params:
        code=code("images/pictures/make_manifest.py"),
        layout=lambda wildcards: locations.image_layout(config, wildcards.dataset),
        settings=lambda wildcards: locations.folder_settings(config, wildcards.dataset),
    message:
        "Check every picture of {wildcards.dataset}"
    script:
        "../../workflow/scripts/images/pictures/make_manifest.py"


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
        "../../envs/base.yaml"
    params:
        code=code("images/pictures/split_by_group.py"),
        valid_share=lookup(within=config, dpath="images/{dataset}/split/valid_share"),
        seed=lookup(within=config, dpath="images/{dataset}/split/seed"),
    message:
        "Split {wildcards.dataset} by group"
    script:
        "../../workflow/scripts/images/pictures/split_by_group.py"


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
        "../../envs/base.yaml"
    params:
        code=code("images/pictures/split_at_random.py"),
        seed=lookup(within=config, dpath="images/{dataset}/split/seed"),
    message:
        "Split {wildcards.dataset} at random, to compare"
    script:
        "../../workflow/scripts/images/pictures/split_at_random.py"


rule split_into_folds:
    """Every labelled picture in one of the folds, whole groups together."""
    input:
        manifest="results/images/{dataset}/manifest.csv",
    output:
        folds="results/images/{dataset}/splits/folds.csv",
    log:
        "results/logs/images/{dataset}/split_into_folds.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pictures/split_into_folds.py"),
        folds=lookup(within=config, dpath="images/{dataset}/folds"),
        seed=lookup(within=config, dpath="images/{dataset}/split/seed"),
    message:
        "Split {wildcards.dataset} into folds of whole groups"
    script:
        "../../workflow/scripts/images/pictures/split_into_folds.py"
