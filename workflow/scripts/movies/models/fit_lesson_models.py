from practical_dl.files.artefacts import write_csv
from practical_dl.files.model_files import save_model
from practical_dl.job.runtime import configure_tensorflow, job
from practical_dl.movies.models.predictions import predictions_frame, rating_scale
from practical_dl.movies.ratings.splits import drawn_rows
from practical_dl.movies.ratings.tables import read_sides
from practical_dl.training.fit import fit, schedule_until_best

with job(snakemake) as log:
    params, output = snakemake.params, snakemake.output
    configure_tensorflow(params.seed)
    from practical_dl.movies.models.lesson import (
        dot_bias_model,
        dot_model,
        net_model,
        predict_ratings,
        rating_batches,
    )

    train, valid = read_sides(snakemake.input.ratings, snakemake.input.split)
    trained = drawn_rows(len(train), 1 - params.inner_share, params.seed)
    fitted, inner = train[trained], train[~trained]
    models = {
        "dot": (dot_model, params.l2, params.dot_schedule),
        "dot_bias_free": (dot_bias_model, 0.0, params.schedule),
        "dot_bias": (dot_bias_model, params.l2, params.schedule),
        "net": (net_model, params.net_l2, params.net_schedule),
    }
    quiet = log.without_progress()
    for place, (name, (build, l2, schedule)) in enumerate(models.items()):
        log.info(f"{name}: l2 {l2}, schedule {schedule}")
        configure_tensorflow(params.seed)
        history = fit(
            build(fitted, params.factors, l2, params.seed),
            rating_batches(fitted, params.batch_size, params.seed),
            schedule,
            "mse",
            quiet,
            inner=rating_batches(inner, params.batch_size, params.seed),
            optimizer=params.optimizer,
        )
        configure_tensorflow(params.seed)
        model = build(train, params.factors, l2, params.seed)
        fit(
            model,
            rating_batches(train, params.batch_size, params.seed),
            schedule_until_best(history),
            "mse",
            quiet,
            optimizer=params.optimizer,
        )
        predicted = predictions_frame(valid, predict_ratings(model, valid), rating_scale(train))
        save_model(output.models[place], model)
        write_csv(output.histories[place], history)
        write_csv(output.predictions[place], predicted)
        log.progress(place + 1, len(models), "models")
