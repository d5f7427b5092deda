from practical_dl.job.runtime import configure_tensorflow, job
from practical_dl.reviews.models.data import read_review_data
from practical_dl.reviews.models.fitting import Recipe, choose_epochs, train_on_all, write_outcome
from practical_dl.reviews.models.networks import thaw_vectors, vectors_model
from practical_dl.reviews.vectors.windows import read_vectors

with job(snakemake) as log:
    params = snakemake.params
    vectors = read_vectors(snakemake.input.vectors)
    data = read_review_data(snakemake.input, len(vectors), params)
    recipes = {
        name: Recipe(schedule, params.optimizer, params.batch_size)
        for name, schedule in (
            ("frozen", params.frozen_schedule),
            ("tuned", params.tuned_schedule),
        )
    }
    outcomes = {}
    configure_tensorflow(params.seed)
    chosen = vectors_model(vectors)
    for name, recipe in recipes.items():
        log.info(f"vectors {name}: how many epochs")
        if name == "tuned":
            thaw_vectors(chosen)
        chosen, outcomes[name] = choose_epochs(chosen, data, recipe, params.seed, log)
    seeds, quiet = range(params.seed, params.seed + params.seeds), log.without_progress()
    for seed in log.track(seeds, len(seeds), "seeds"):
        configure_tensorflow(seed)
        final = vectors_model(vectors)
        for name, recipe in recipes.items():
            log.info(f"seed {seed}, vectors {name}")
            if name == "tuned":
                thaw_vectors(final)
            train_on_all(final, data, recipe, outcomes[name].history, seed, quiet)
            outcomes[name].add(final, data)
    for name, outcome in outcomes.items():
        write_outcome(outcome, data, snakemake.output[name])
