from practical_dl.reviews.data import read_review_data
from practical_dl.reviews.fitting import Outcome, Recipe, train, write_outcome
from practical_dl.reviews.networks import thaw_vectors, vectors_model
from practical_dl.reviews.windows import read_vectors
from practical_dl.runtime import configure_tensorflow, job

with job(snakemake) as log:
    params = snakemake.params
    vectors = read_vectors(snakemake.input.vectors)
    data = read_review_data(snakemake.input, len(vectors), params)
    frozen_recipe = Recipe(params.frozen_schedule, params.optimizer, params.batch_size)
    tuned_recipe = Recipe(params.tuned_schedule, params.optimizer, params.batch_size)
    frozen, tuned = Outcome(), Outcome()
    seeds = range(params.seed, params.seed + params.seeds)
    for seed in log.track(seeds, len(seeds), "trainings"):
        configure_tensorflow(seed)
        model = vectors_model(vectors)
        log.info(f"seed {seed}, vectors frozen")
        history = train(model, data, frozen_recipe, seed, log.without_progress())
        frozen.add(model, model, history, data, seed)
        log.info(f"seed {seed}, vectors trained on")
        thaw_vectors(model)
        history = train(model, data, tuned_recipe, seed, log.without_progress())
        tuned.add(model, model, history, data, seed)
    write_outcome(frozen, data, snakemake.output.frozen)
    write_outcome(tuned, data, snakemake.output.tuned)
