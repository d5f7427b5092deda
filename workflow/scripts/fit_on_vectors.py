from practical_dl.reviews.corpus import padded_tokens, read_review_table, read_split, read_tokens
from practical_dl.reviews.fitting import Outcome, Recipe, ReviewData, train, write_outcome
from practical_dl.reviews.networks import thaw_vectors, vectors_model
from practical_dl.reviews.windows import read_vectors
from practical_dl.runtime import configure_tensorflow, job

with job(snakemake) as log:
    params = snakemake.params
    reviews = read_review_table(snakemake.input.reviews)
    roles = read_split(snakemake.input.split, reviews)["role"].to_numpy()
    vectors = read_vectors(snakemake.input.vectors)
    tokens = padded_tokens(
        read_tokens(snakemake.input.tokens, len(reviews)),
        len(vectors),
        params.length,
        params.padding,
        params.truncating,
    )
    data = ReviewData(tokens, reviews["label"].to_numpy(), roles)
    frozen_recipe = Recipe(params.frozen_schedule, params.optimizer, params.batch_size)
    tuned_recipe = Recipe(params.tuned_schedule, params.optimizer, params.batch_size)
    frozen, tuned = Outcome(), Outcome()
    seeds = range(params.seed, params.seed + params.seeds)
    for seed in log.track(seeds, len(seeds), "trainings"):
        configure_tensorflow(seed)
        model = vectors_model(vectors, params.length)
        log.info(f"seed {seed}, vectors frozen")
        history = train(model, data, frozen_recipe, seed, log.without_progress())
        frozen.add(model, history, data, seed)
        log.info(f"seed {seed}, vectors trained on")
        thaw_vectors(model)
        history = train(model, data, tuned_recipe, seed, log.without_progress())
        tuned.add(model, history, data, seed)
    write_outcome(frozen, reviews, roles, snakemake.output.frozen)
    write_outcome(tuned, reviews, roles, snakemake.output.tuned)
