from practical_dl.files.artefacts import write_columns
from practical_dl.job.runtime import job
from practical_dl.movies.ratings.rating_set import require_enough
from practical_dl.movies.ratings.splits import assign_roles
from practical_dl.movies.ratings.tables import read_rating_table

with job(snakemake):
    ratings = read_rating_table(snakemake.input.ratings)
    require_enough(ratings)
    split = assign_roles(ratings, **snakemake.params.split)
    write_columns(snakemake.output.split, split)
