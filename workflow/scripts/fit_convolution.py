from practical_dl.artefacts import save_model, write_csv
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
    train, valid = role == "train", role == "valid"
    batch = params.batch_size
    model = models.convolution_model(params.vocabulary, params.length)
    history = fit(
        model,
        models.training_batches(tokens[train], labels[train], batch, params.seed),
        params.schedule,
        models.LOSS,
        log,
        ["accuracy"],
        inner=models.ordered_batches(tokens[valid], labels[valid], batch),
        optimizer=params.optimizer,
    )
    save_model(snakemake.output.model, model)
    write_csv(snakemake.output.history, history)
    for part in ("valid", "test"):
        rows = role == part
        probabilities = models.predict_probabilities(model, tokens[rows])
        write_csv(snakemake.output[part], models.predictions_frame(reviews[rows], probabilities))
