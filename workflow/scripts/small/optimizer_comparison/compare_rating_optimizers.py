from practical_dl.files.artefacts import write_columns, write_csv
from practical_dl.job.runtime import configure_tensorflow, job
from practical_dl.movies.models.predictions import predictions_frame, rating_scale
from practical_dl.movies.ratings.splits import drawn_rows
from practical_dl.movies.ratings.tables import read_sides
from practical_dl.training.fit import fit_next
from practical_dl.training.trials import Scored, Trained, run_trials

with job(snakemake) as log:
    params = snakemake.params
    configure_tensorflow(params.seed)
    from practical_dl.movies.models.lesson import dot_bias_model, predict_ratings, rating_batches

    train, valid = read_sides(snakemake.input.ratings, snakemake.input.split)
    trained = drawn_rows(len(train), 1 - params.inner_share, params.seed)
    fitted, inner = train[trained], train[~trained]
    scale, quiet = rating_scale(train), log.without_progress()

    def fit_one(trial, seed, compiled):
        configure_tensorflow(seed)
        model, history = fit_next(
            compiled,
            dot_bias_model(fitted, params.factors, params.l2, seed),
            rating_batches(fitted, params.batch_size, seed),
            trial.schedule,
            "mse",
            quiet,
            inner=rating_batches(inner, params.batch_size, seed),
            optimizer=trial.optimizer,
        )
        table = predictions_frame(valid, predict_ratings(model, valid), scale)
        return Trained(model, history, ((table["prediction"] - table["true"]) ** 2).to_numpy())

    seeds = range(params.seed, params.seed + params.seeds)
    rows = valid["user_id"].astype(str).rename("group").to_frame()
    rows["id"] = rows["group"] + ":" + valid["movie_id"].astype(str)
    constant = ((valid["rating"] - fitted["rating"].mean()) ** 2).to_numpy()
    scored = Scored(rows, constant)
    fits, losses = run_trials(fit_one, params.epochs, params.rates, seeds, scored, log)
    write_csv(snakemake.output.fits, fits)
    write_columns(snakemake.output.rows, losses)
