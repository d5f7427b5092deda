from pathlib import Path

from practical_dl.images.feature_store import join_shards
from practical_dl.runtime import job

with job(snakemake):
    join_shards(Path(snakemake.output.store), [Path(shard) for shard in snakemake.input.shards])
