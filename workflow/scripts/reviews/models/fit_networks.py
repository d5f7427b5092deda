from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.files import read_corpus
from practical_dl.reviews.models.data import TokenSettings, network_tasks
from practical_dl.reviews.models.fitting import files_of_networks, train_seeds, write_outcome
from practical_dl.reviews.vectors.tables import read_vectors
from practical_dl.training.recipe import Recipe

with job(snakemake) as log:
    params, given = snakemake.params, snakemake.input
    vectors = read_vectors(given.vectors) if given.vectors else None
    settings, corpus = TokenSettings(**params.tokens), read_corpus(given)
    tasks = network_tasks(list(params.schedules), corpus, settings, params.fewest, vectors)
    for task, paths in zip(tasks, files_of_networks(snakemake.output), strict=True):
        log.info(f"{task.name}: {task.describe()}")
        recipe = Recipe(params.schedules[task.name], **params.training)
        _, outcome = train_seeds(task.build, task.data, recipe, params.seeds, log)
        write_outcome(outcome, task.data, paths)
