from practical_dl.artefacts import save_model, write_csv
from practical_dl.movies.predictions import predictions_frame, rating_scale
from practical_dl.movies.splits import drawn_rows, ratings_of
from practical_dl.movies.tables import read_rating_table, read_split_table
from practical_dl.runtime import configure_tensorflow, job
from practical_dl.training import fit

with job(snakemake) as log:
    params = snakemake.params
    configure_tensorflow(params.seed)
    from practical_dl.movies.models import dot_bias_model, predict_ratings, rating_batches

    ratings = read_rating_table(snakemake.input.ratings)
    split = read_split_table(snakemake.input.split)
    train, valid = ratings_of("train", ratings, split), ratings_of("valid", ratings, split)
    trained = drawn_rows(len(train), 1 - params.inner_share, params.seed)
    fitted, inner = train[trained], train[~trained]
    model = dot_bias_model(
        fitted["user_id"].unique(),
        fitted["movie_id"].unique(),
        fitted["rating"].mean(),
        params.factors,
        params.l2,
        params.seed,
    )
    history = fit(
        model,
        rating_batches(fitted, params.batch_size, params.seed),
        params.schedule,
        "mse",
        log,
        inner=rating_batches(inner, params.batch_size, params.seed),
        optimizer=params.optimizer,
    )
    predicted = predict_ratings(model, valid)
    save_model(snakemake.output.model, model)
    write_csv(snakemake.output.history, history)
    write_csv(
        snakemake.output.predictions, predictions_frame(valid, predicted, rating_scale(train))
    )
