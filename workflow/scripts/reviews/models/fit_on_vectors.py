from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.files import read_corpus
from practical_dl.reviews.models.data import TokenSettings, padded_reviews
from practical_dl.reviews.models.fitting import FROZEN, TUNED, train_on_vectors, write_outcomes
from practical_dl.reviews.vectors.tables import read_vectors
from practical_dl.training.recipe import Recipe

with job(snakemake) as log:
    params, given = snakemake.params, snakemake.input
    tables = dict(zip(params.kinds, map(read_vectors, given.vectors), strict=True))
    data = padded_reviews(read_corpus(given), TokenSettings(**params.tokens))
    recipes = {
        state: Recipe(params.schedules[f"{state}_schedule"], **params.training)
        for state in (FROZEN, TUNED)
    }
    write_outcomes(
        train_on_vectors(tables, data, recipes, params.seeds, log), data, snakemake.output
    )
