from practical_dl.reviews.corpus import read_review_table, read_split, read_tokens
from practical_dl.reviews.fitting import Recipe, ReviewData, train_seeds, write_outcome
from practical_dl.reviews.networks import average_model
from practical_dl.reviews.ngrams import known_runs, rows_of, words_and_pairs
from practical_dl.reviews.tokens import pad, truncate
from practical_dl.runtime import job

PAIR = 2

with job(snakemake) as log:
    params = snakemake.params
    reviews = read_review_table(snakemake.input.reviews)
    roles = read_split(snakemake.input.split, reviews)["role"].to_numpy()
    tokens = truncate(
        *read_tokens(snakemake.input.tokens, len(reviews)), params.length, params.truncating
    )
    base = int(tokens[0].max()) + 1
    known = known_runs(rows_of(tokens, roles == "train"), PAIR, base, params.fewest)
    features = 1 + sum(map(len, known))
    log.info(f"{features - 1:,} words and pairs of words stand {params.fewest} times or more")
    outcome = train_seeds(
        lambda: average_model(features, params.length),
        ReviewData(
            pad(*words_and_pairs(tokens, known, base), PAIR * params.length),
            reviews["label"].to_numpy(),
            roles,
        ),
        Recipe(params.schedule, params.optimizer, params.batch_size),
        range(params.seed, params.seed + params.seeds),
        log,
    )
    write_outcome(outcome, reviews, roles, snakemake.output)
