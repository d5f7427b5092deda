from practical_dl.files.artefacts import write_csv
from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.about import read_about
from practical_dl.reviews.corpus.duplicates import same_words
from practical_dl.reviews.corpus.files import read_review_table, read_tokens
from practical_dl.reviews.corpus.splits import assign_roles, units_of

with job(snakemake):
    given = snakemake.input
    reviews = read_review_table(given.reviews)
    words = same_words(read_tokens(given.tokens, len(reviews)))
    drawable = reviews.assign(film=units_of(reviews["film"], words))
    units = read_about(given.about).units
    write_csv(snakemake.output.split, assign_roles(drawable, **snakemake.params.split, units=units))
