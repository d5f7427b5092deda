from practical_dl.files.artefacts import write_csv
from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.about import read_about
from practical_dl.reviews.corpus.files import read_review_table, read_texts, read_tokens
from practical_dl.reviews.corpus.splits import assign_roles, with_units

with job(snakemake):
    given = snakemake.input
    reviews = read_review_table(given.reviews)
    tokens, texts = read_tokens(given.tokens, len(reviews)), read_texts(given.texts, reviews)
    drawable = reviews.assign(
        film=with_units(reviews["film"], tokens, texts, **snakemake.params.duplicates)
    )
    units = read_about(given.about).units
    write_csv(snakemake.output.split, assign_roles(drawable, **snakemake.params.split, units=units))
