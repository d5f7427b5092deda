from practical_dl.reviews.data import read_review_data
from practical_dl.reviews.fitting import Outcome, Recipe, train, train_on_all, write_outcome
from practical_dl.reviews.networks import thaw_vectors, vectors_model
from practical_dl.reviews.windows import read_vectors
from practical_dl.runtime import configure_tensorflow, job

with job(snakemake) as log:
    params = snakemake.params
    vectors = read_vectors(snakemake.input.vectors)
    data = read_review_data(snakemake.input, len(vectors), params)
    schedules = {"frozen": params.frozen_schedule, "tuned": params.tuned_schedule}
    outcomes = {name: Outcome() for name in schedules}
    seeds, quiet = range(params.seed, params.seed + params.seeds), log.without_progress()
    for seed in log.track(seeds, len(seeds), "seeds"):
        configure_tensorflow(seed)
        chosen, final = vectors_model(vectors), vectors_model(vectors)
        for name, schedule in schedules.items():
            log.info(f"seed {seed}, vectors {name}")
            if name == "tuned":
                thaw_vectors(chosen)
                thaw_vectors(final)
            recipe = Recipe(schedule, params.optimizer, params.batch_size)
            chosen, history = train(chosen, data, recipe, seed, quiet)
            train_on_all(final, data, recipe, history, seed, quiet)
            outcomes[name].add(chosen, final, history, data, seed)
    for name, outcome in outcomes.items():
        write_outcome(outcome, data, snakemake.output[name])
