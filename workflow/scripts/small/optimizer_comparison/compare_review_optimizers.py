import numpy as np

from practical_dl.files.artefacts import write_columns, write_csv
from practical_dl.job.runtime import configure_tensorflow, job
from practical_dl.reviews.corpus.files import CLASSES
from practical_dl.reviews.models.data import read_review_data
from practical_dl.reviews.models.feeding import positive_probabilities
from practical_dl.reviews.models.fitting import train
from practical_dl.reviews.models.networks import BUILDERS
from practical_dl.scoring.metrics import log_losses
from practical_dl.training.recipe import Recipe
from practical_dl.training.trials import Scored, Trained, constant_losses, run_trials

with job(snakemake) as log:
    params = snakemake.params
    every = read_review_data(snakemake.input, params.vocabulary, params)
    drawn = every.at(np.random.default_rng(params.seed).permutation(len(every.roles)))
    data = drawn.at(
        np.concatenate(
            [
                np.flatnonzero(drawn.roles == role)[: params.reviews]
                for role in ("train", "valid", "test")
            ]
        )
    )
    asked, labels = data.part("test")
    quiet = log.without_progress()

    def fit_one(trial, seed, compiled):
        configure_tensorflow(seed)
        untrained = BUILDERS["convolution"](params.vocabulary, params.length)
        recipe = Recipe(trial.schedule, params.batch_size, trial.optimizer)
        model, history = train(untrained, data, recipe, seed, quiet, compiled)
        positive = positive_probabilities(model, asked)
        losses = log_losses(labels, np.column_stack([1 - positive, positive]))
        return Trained(model, history, losses)

    seeds = range(params.seed, params.seed + params.seeds)
    rows = data.table("test").rename(columns={"review_id": "id", "film": "group"})
    scored = Scored(rows, constant_losses(data.part("train")[1], labels, len(CLASSES)))
    fits, losses = run_trials(fit_one, params.epochs, params.rates, seeds, scored, log)
    write_csv(snakemake.output.fits, fits)
    write_columns(snakemake.output.rows, losses)
