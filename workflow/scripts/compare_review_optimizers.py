import numpy as np

from practical_dl.artefacts import write_columns, write_csv
from practical_dl.metrics import log_losses
from practical_dl.optimizer_trials import Trained, run_trials
from practical_dl.reviews.corpus import padded_tokens, read_review_table, read_split, read_tokens
from practical_dl.runtime import configure_tensorflow, job
from practical_dl.training import fit

with job(snakemake) as log:
    params = snakemake.params
    configure_tensorflow(params.seed)
    from practical_dl.reviews import models

    reviews = read_review_table(snakemake.input.reviews)
    tokens = padded_tokens(
        *read_tokens(snakemake.input.tokens, len(reviews)), params.vocabulary, params.length
    )
    role = read_split(snakemake.input.split, reviews)["role"].to_numpy()
    labels = reviews["label"].to_numpy()
    rng = np.random.default_rng(params.seed)
    drawn = rng.permutation(len(reviews))
    train, valid, test = (drawn[role[drawn] == part] for part in ("train", "valid", "test"))
    train, test = train[: params.reviews], test[: params.reviews]
    batch, quiet = params.batch_size, log.without_progress()

    def fit_one(trial, seed):
        configure_tensorflow(seed)
        model = models.convolution_model(params.vocabulary, params.length)
        history = fit(
            model,
            models.training_batches(tokens[train], labels[train], batch, seed),
            trial.schedule,
            models.LOSS,
            quiet,
            inner=models.ordered_batches(tokens[valid], labels[valid], batch),
            optimizer=trial.optimizer,
        )
        predicted = models.predict_probabilities(model, tokens[test])
        return Trained(history, log_losses(labels[test], predicted))

    seeds = range(params.seed, params.seed + params.seeds)
    rows = reviews.iloc[test].rename(columns={"review_id": "id", "film": "group"})
    fits, scored = run_trials(fit_one, params.epochs, params.rates, seeds, rows, log)
    write_csv(snakemake.output.fits, fits)
    write_columns(snakemake.output.rows, scored)
