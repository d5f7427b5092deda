from practical_dl.reviews.data import read_review_data
from practical_dl.reviews.fitting import Recipe, train_seeds, write_outcome
from practical_dl.reviews.networks import BUILDERS
from practical_dl.runtime import job

with job(snakemake) as log:
    params = snakemake.params
    data = read_review_data(snakemake.input, params.vocabulary, params)
    build = BUILDERS[snakemake.wildcards.network]
    outcome = train_seeds(
        lambda: build(params.vocabulary, params.length),
        data,
        Recipe(params.schedule, params.optimizer, params.batch_size),
        range(params.seed, params.seed + params.seeds),
        log,
    )
    write_outcome(outcome, data, snakemake.output)
