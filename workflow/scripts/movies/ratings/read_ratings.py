from pathlib import Path

from practical_dl.files.artefacts import read_json, write_columns, write_csv
from practical_dl.job.runtime import job
from practical_dl.movies.ratings.sources import read_release

with job(snakemake) as log:
    release = read_release(Path(read_json(snakemake.input.source, ["root"])["root"]))
    log.info(release.note)
    write_columns(snakemake.output.ratings, release.ratings)
    write_csv(snakemake.output.movies, release.movies)
