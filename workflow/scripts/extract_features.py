from pathlib import Path

from practical_dl.artefacts import load_model, read_json
from practical_dl.images import feature_store
from practical_dl.images.backbones import read_description
from practical_dl.images.manifest import class_names, labelled_rows, read_manifest, unlabelled_rows
from practical_dl.runtime import configure_tensorflow, job

with job(snakemake) as log:
    configure_tensorflow(seed=0)
    from practical_dl.images.extraction import extract, package_versions

    root = Path(read_json(snakemake.input.source, ["root"])["root"])
    manifest = read_manifest(snakemake.input.manifest)
    part = (labelled_rows if snakemake.wildcards.part == "labelled" else unlabelled_rows)(manifest)
    rows = part.iloc[
        feature_store.shard_rows(len(part), snakemake.params.shards, int(snakemake.wildcards.shard))
    ]
    description = read_description(snakemake.input.description)
    model = load_model(snakemake.input.model)
    feature_store.write_shard(
        Path(snakemake.output.shard),
        rows,
        class_names(manifest),
        description["feature_shape"],
        feature_store.Origin(
            backbone=description["backbone"],
            layer=description["layer"],
            weights_sha256=description["weights_sha256"],
            input_size="x".join(map(str, description["input_size"])),
            augmentation="none",
        ),
        package_versions(),
        extract(
            model,
            root,
            rows,
            tuple(description["input_size"]),
            snakemake.params.batch_size,
            snakemake.threads,
            log,
        ),
    )
