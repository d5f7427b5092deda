"""From a source of pictures to the manifest, the splits and the folds.

REQUIRED INPUTS: data/images/{dataset}/source.json, but of the demo
OUTPUTS: results/images/{dataset}/manifest.csv, dropped_pictures.csv, splits/{grouped,random,folds}.csv
"""


rule draw_demo_photos:
    output:
        source=image_paths.SOURCE,
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
    params:
        code=code("images/pictures/draw_demo_photos.py"),
        demo=section("images/{dataset}/source/demo", "drivers", "test_drivers", "frames", "seed"),
    message:
        "Draw photos of {wildcards.dataset}: drivers that exist only as numbers"
    script:
        "../../workflow/scripts/images/pictures/draw_demo_photos.py"


rule gather_pictures:
    input:
        parts=gathered_if_present,
    output:
        source=image_paths.SOURCE,
    log:
        "results/logs/images/{dataset}/gather_pictures.log",
    benchmark:
        "results/benchmarks/images/{dataset}/gather_pictures.tsv"
    wildcard_constraints:
        dataset=one_of(names_of_kind("images", "table")),
    conda:
        "../../envs/base.yaml"
    resources:
        mem_mb=memory(500),
        runtime=120,
    params:
        code=code("images/pictures/gather_pictures.py"),
        parts=lambda wildcards: locations.gathered_parts(config, wildcards.dataset),
    message:
        "Gather the pictures of {wildcards.dataset} below one folder; what is unpacked is linked"
    script:
        "../../workflow/scripts/images/pictures/gather_pictures.py"


rule make_manifest:
    input:
        source=image_paths.SOURCE,
        state=states_of_pictures,
        tables=tables_if_present,
    output:
        manifest=image_paths.MANIFEST,
        dropped=image_paths.DROPPED,
    log:
        "results/logs/images/{dataset}/make_manifest.log",
    benchmark:
        "results/benchmarks/images/{dataset}/make_manifest.tsv"
    conda:
        "../../envs/base.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory(1000),
        runtime=60,
    params:
        code=code("images/pictures/make_manifest.py"),
        layout=lambda wildcards: locations.image_layout(config, wildcards.dataset),
        settings=lambda wildcards: locations.layout_settings(config, wildcards.dataset),
        on_bad_pictures=lookup(within=config, dpath="images/{dataset}/on_bad_pictures"),
        corrections=lambda wildcards: locations.corrections_path(config, wildcards.dataset),
    message:
        "Check every picture of {wildcards.dataset} and list it with class, group, size and checksum"
    script:
        "../../workflow/scripts/images/pictures/make_manifest.py"


rule split_pictures:
    input:
        manifest=image_paths.MANIFEST,
    output:
        grouped=image_paths.GROUPED,
        random="results/images/{dataset}/splits/random.csv",
    log:
        "results/logs/images/{dataset}/split_pictures.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pictures/split_pictures.py"),
        split=section("images/{dataset}/split", "valid_share", "seed", "given"),
    message:
        "Split {wildcards.dataset} by whole groups, and at random to compare"
    script:
        "../../workflow/scripts/images/pictures/split_pictures.py"


rule split_into_folds:
    # Apart, so that another number of folds re-runs no split, and too few groups for it stop none.
    input:
        manifest=image_paths.MANIFEST,
    output:
        folds=image_paths.FOLDS,
    log:
        "results/logs/images/{dataset}/split_into_folds.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/pictures/split_into_folds.py"),
        folds=lookup(within=config, dpath="images/{dataset}/folds"),
        seed=lookup(within=config, dpath="images/{dataset}/split/seed"),
        given=lookup(within=config, dpath="images/{dataset}/split/given"),
    message:
        "Split {wildcards.dataset} into folds of whole groups"
    script:
        "../../workflow/scripts/images/pictures/split_into_folds.py"
