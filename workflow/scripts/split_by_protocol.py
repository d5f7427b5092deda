from pathlib import Path

from practical_dl.artefacts import read_json, write_columns
from practical_dl.movies.protocols import split_by
from practical_dl.movies.tables import read_rating_table
from practical_dl.runtime import job

with job(snakemake):
    ratings = read_rating_table(snakemake.input.ratings)
    source = Path(read_json(snakemake.input.source, ["root"])["root"])
    protocol = snakemake.wildcards.protocol
    split = split_by(protocol, ratings, snakemake.params.train_share, source)
    write_columns(snakemake.output.split, split)
