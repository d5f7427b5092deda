from practical_dl.reviews.corpus import padded_tokens, read_review_table, read_split, read_tokens
from practical_dl.reviews.fitting import Recipe, ReviewData, train_seeds, write_outcome
from practical_dl.reviews.networks import BUILDERS
from practical_dl.runtime import job

with job(snakemake) as log:
    params = snakemake.params
    reviews = read_review_table(snakemake.input.reviews)
    roles = read_split(snakemake.input.split, reviews)["role"].to_numpy()
    tokens = padded_tokens(
        read_tokens(snakemake.input.tokens, len(reviews)),
        params.vocabulary,
        params.length,
        params.padding,
        params.truncating,
    )
    build = BUILDERS[snakemake.wildcards.network]
    outcome = train_seeds(
        lambda: build(params.vocabulary, params.length),
        ReviewData(tokens, reviews["label"].to_numpy(), roles),
        Recipe(params.schedule, params.optimizer, params.batch_size),
        range(params.seed, params.seed + params.seeds),
        log,
    )
    write_outcome(outcome, reviews, roles, snakemake.output)
