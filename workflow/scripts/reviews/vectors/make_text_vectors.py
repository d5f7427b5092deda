from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.files import read_corpus
from practical_dl.reviews.vectors.tables import write_vectors
from practical_dl.reviews.vectors.windows import BATCH, make_text_vectors
from practical_dl.training.recipe import Recipe

with job(snakemake) as log:
    params, output = snakemake.params, snakemake.output
    _, roles, tokens = read_corpus(snakemake.input)
    recipe = Recipe(params.schedule, BATCH, params.optimizer)
    made = make_text_vectors(
        tokens, roles, params.vocabulary, **params.vectors, recipe=recipe, seed=params.seed, log=log
    )
    write_vectors(output.vectors, made.vectors)
    write_csv(output.history, made.history)
    right = 100 * made.task["accuracy"]
    log.show(f"tells a replaced word in {right:.1f} % of the windows of held-out reviews")
    write_json(output.task, made.task)
