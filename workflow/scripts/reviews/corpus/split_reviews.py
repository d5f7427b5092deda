from practical_dl.files.artefacts import write_csv
from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.files import read_review_table
from practical_dl.reviews.corpus.splits import assign_roles

with job(snakemake):
    reviews = read_review_table(snakemake.input.reviews)
    write_csv(snakemake.output.split, assign_roles(reviews, **snakemake.params.split))
