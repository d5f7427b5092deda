from practical_dl.artefacts import write_csv
from practical_dl.reviews.corpus import read_review_table
from practical_dl.reviews.splits import assign_roles
from practical_dl.runtime import job

with job(snakemake):
    reviews = read_review_table(snakemake.input.reviews)
    split = assign_roles(reviews, snakemake.params.valid_share, snakemake.params.seed)
    write_csv(snakemake.output.split, split)
