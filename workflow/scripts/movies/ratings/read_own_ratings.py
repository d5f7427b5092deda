from pathlib import Path

from practical_dl.files.artefacts import write_csv
from practical_dl.job.runtime import job
from practical_dl.movies.ratings.own_table import read_own_table
from practical_dl.movies.ratings.rating_set import write_rating_set

with job(snakemake) as log:
    params, output = snakemake.params, snakemake.output
    items = None if params.item_table is None else Path(params.item_table)
    found = read_own_table(Path(params.path), items, params.table)
    for line in found.ratings.notes:
        log.show(line)
    write_csv(output.dropped, found.dropped)
    write_rating_set(found.ratings, dict(output.items()))
