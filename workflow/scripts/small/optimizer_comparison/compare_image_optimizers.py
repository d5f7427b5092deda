from practical_dl.files.artefacts import write_columns, write_csv
from practical_dl.images.pictures.splits import rows_by_role
from practical_dl.images.sample.store import read_sample_pictures, shrunk_sample
from practical_dl.job.runtime import job
from practical_dl.scoring.metrics import log_losses
from practical_dl.training.trials import Scored, Trained, constant_losses, run_trials

with job(snakemake) as log:
    from practical_dl.images.sample.fitting import fit_sample, predict_sample
    from practical_dl.training.recipe import Recipe

    params = snakemake.params
    sample = shrunk_sample(read_sample_pictures(snakemake.input.pictures), params.shrink)
    rows = rows_by_role(sample.rows, sample.split("grouped"), params.inner_share, True, params.seed)
    valid = sample.rows.iloc[rows["valid"]].rename(columns={"image_id": "id"})
    quiet = log.without_progress()

    def fit_one(trial, seed, compiled):
        recipe = Recipe(trial.schedule, params.batch_size, trial.optimizer)
        model, history = fit_sample(sample, rows, "conv1", recipe, {}, seed, quiet, compiled)
        predicted = predict_sample(model, sample, rows["valid"], params.batch_size)
        return Trained(model, history, log_losses(valid["label"].to_numpy(), predicted))

    seeds = range(params.seed, params.seed + params.seeds)
    labels = sample.labels()
    constant = constant_losses(labels[rows["train"]], labels[rows["valid"]], len(sample.classes))
    scored = Scored(valid, constant)
    fits, losses = run_trials(fit_one, params.epochs, params.rates, seeds, scored, log)
    write_csv(snakemake.output.fits, fits)
    write_columns(snakemake.output.rows, losses)
