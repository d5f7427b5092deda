from pathlib import Path

from practical_dl.files.artefacts import read_json
from practical_dl.job.runtime import job
from practical_dl.movies.ratings.rating_set import write_rating_set
from practical_dl.movies.ratings.sources import read_release_set

with job(snakemake) as log:
    found = read_release_set(Path(read_json(snakemake.input.source, ["root"])["root"]))
    log.info(found.note)
    write_rating_set(found, dict(snakemake.output.items()))
