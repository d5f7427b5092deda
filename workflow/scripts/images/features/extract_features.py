from functools import partial
from pathlib import Path

from practical_dl.files.artefacts import read_json
from practical_dl.images.augmentation import passes
from practical_dl.images.augmentation.best_amounts import read_best_amounts
from practical_dl.images.features import store as feature_store
from practical_dl.images.features.backbones import read_description
from practical_dl.images.features.extraction import extract, package_versions
from practical_dl.images.features.inference import open_network
from practical_dl.images.pictures.manifest import (
    class_names,
    labelled_rows,
    read_manifest,
    unlabelled_rows,
)
from practical_dl.job.runtime import configure_tensorflow, job

with job(snakemake) as log:
    params, wildcards = snakemake.params, snakemake.wildcards
    root = Path(read_json(snakemake.input.source, ["root"])["root"])
    manifest = read_manifest(snakemake.input.manifest)
    part = (unlabelled_rows if wildcards.part.startswith("test") else labelled_rows)(manifest)
    rows = part.iloc[feature_store.shard_rows(len(part), params.shards, int(wildcards.shard))]
    number = passes.pass_number(wildcards.part)
    amounts = dict(params.amounts)
    if snakemake.input.sweep:
        amounts = read_best_amounts(snakemake.input.sweep[0])
    description = read_description(snakemake.input.description)
    if number or description["engine"] == "keras":
        configure_tensorflow(params.seed)
    change = partial(passes.change_pictures, amounts=amounts, number=number, seed=params.seed)
    network = open_network(
        description["engine"],
        description["precision"],
        Path(snakemake.input.model),
        Path(snakemake.input.graph[0]),
        params.batch_size,
        snakemake.threads,
    )
    feature_store.write_shard(
        Path(snakemake.output.shard),
        rows,
        class_names(manifest),
        description["feature_shape"],
        feature_store.Origin(
            backbone=description["backbone"],
            layer=description["layer"],
            pool=description["pool"],
            weights_sha256=description["weights_sha256"],
            input_size="x".join(map(str, description["input_size"])),
            engine=description["engine"],
            precision=description["precision"],
            augmentation=passes.describe_pass(number, amounts, params.seed),
        ),
        package_versions(description["engine"]),
        extract(
            network,
            root,
            rows,
            tuple(description["input_size"]),
            params.batch_size,
            snakemake.threads,
            log,
            change if number else None,
        ),
    )
