from practical_dl.artefacts import write_columns
from practical_dl.movies.splits import assign_roles
from practical_dl.movies.tables import read_rating_table
from practical_dl.runtime import job

with job(snakemake):
    ratings = read_rating_table(snakemake.input.ratings)
    split = assign_roles(ratings, snakemake.params.train_share, snakemake.params.seed)
    write_columns(snakemake.output.split, split)
