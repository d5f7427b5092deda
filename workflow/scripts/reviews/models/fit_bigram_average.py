from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.files import read_corpus
from practical_dl.reviews.corpus.ngrams import known_runs, rows_of, words_and_pairs
from practical_dl.reviews.corpus.tokens import pad, truncate
from practical_dl.reviews.models.data import ReviewData
from practical_dl.reviews.models.fitting import train_and_write
from practical_dl.reviews.models.networks import average_model

PAIR = 2

with job(snakemake) as log:
    params = snakemake.params
    reviews, roles, whole = read_corpus(snakemake.input)
    tokens = truncate(*whole, params.length, params.truncating)
    base = int(tokens[0].max()) + 1
    known = known_runs(rows_of(tokens, roles == "train"), PAIR, base, params.fewest)
    features = 1 + sum(map(len, known))
    log.info(f"{features - 1:,} words and pairs of words stand {params.fewest} times or more")
    padded = pad(*words_and_pairs(tokens, known, base), PAIR * params.length)
    data = ReviewData(reviews, roles, padded)
    train_and_write(
        lambda: average_model(features, params.length), data, params, snakemake.output, log
    )
