from pathlib import Path

from practical_dl.artefacts import read_json, write_columns, write_csv
from practical_dl.movies.sources import read_release
from practical_dl.runtime import job

with job(snakemake) as log:
    release = read_release(Path(read_json(snakemake.input.source, ["root"])["root"]))
    log.info(release.note)
    write_columns(snakemake.output.ratings, release.ratings)
    write_csv(snakemake.output.movies, release.movies)
