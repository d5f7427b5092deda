from functools import partial
from pathlib import Path

from practical_dl.images.augmentation import passes
from practical_dl.images.augmentation.best_amounts import read_best_amounts
from practical_dl.images.features.backbones import read_description
from practical_dl.images.features.extraction import Shard, extract_shard, rows_of_shard
from practical_dl.images.features.inference import file_for
from practical_dl.images.pictures.loading import source_root
from practical_dl.images.pictures.manifest import class_names, read_manifest
from practical_dl.job.runtime import configure_tensorflow, job

with job(snakemake) as log:
    found, params, wildcards = snakemake.input, snakemake.params, snakemake.wildcards
    manifest, description = read_manifest(found.manifest), read_description(found.description)
    number = passes.pass_number(wildcards.part)
    amounts = read_best_amounts(found.sweep[0]) if found.sweep else dict(params.amounts)
    if number or description["engine"] == "keras":
        configure_tensorflow(params.seed)
    change = partial(passes.change_pictures, amounts=amounts, number=number, seed=params.seed)
    shards, batch = params.backbone["shards"], params.backbone["batch_size"]
    rows = rows_of_shard(manifest, wildcards.part, shards, int(wildcards.shard))
    done = passes.describe_pass(number, amounts, params.seed)
    shard = Shard(rows, class_names(manifest), done, change if number else None)
    root, network = source_root(found.source), file_for(description["engine"], found.network)
    path = Path(snakemake.output.shard)
    extract_shard(path, root, shard, description, network, batch, snakemake.threads, log)
