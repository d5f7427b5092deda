from pathlib import Path

from practical_dl.images.features.store import join_shards
from practical_dl.job.runtime import job

with job(snakemake):
    join_shards(Path(snakemake.output.store), [Path(shard) for shard in snakemake.input.shards])
