from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.job.runtime import configure_tensorflow, job
from practical_dl.reviews.corpus.files import read_corpus
from practical_dl.reviews.corpus.ngrams import rows_of
from practical_dl.reviews.corpus.tokens import cap
from practical_dl.reviews.models.feeding import LOSS, training_batches
from practical_dl.reviews.vectors.windows import make_task, scaled, window_model, write_vectors
from practical_dl.training.fit import best_epoch, fit

BATCH = 512
VALID_SHARE = 0.1

with job(snakemake) as log:
    params = snakemake.params
    configure_tensorflow(params.seed)
    _, roles, (values, offsets) = read_corpus(snakemake.input)
    tokens = cap(values, params.vocabulary), offsets
    train, valid = (
        make_task(rows_of(tokens, roles == role), count, params.seed)
        for role, count in (
            ("train", params.windows),
            ("valid", max(1, round(VALID_SHARE * params.windows))),
        )
    )
    model = window_model(params.vocabulary, params.width)
    history = fit(
        model,
        training_batches(*train, BATCH, params.seed),
        params.schedule,
        LOSS,
        log,
        ["accuracy"],
        inner=training_batches(*valid, BATCH, params.seed),
        optimizer=params.optimizer,
    )
    write_vectors(snakemake.output.vectors, scaled(model.get_layer("vectors").get_weights()[0]))
    write_csv(snakemake.output.history, history)
    kept = history.set_index("epoch").loc[best_epoch(history)]
    accuracy = float(kept["inner_accuracy"])
    log.show(f"tells a replaced word in {100 * accuracy:.1f} % of the windows of other films")
    write_json(
        snakemake.output.task,
        {"windows": len(train[0]), "valid_windows": len(valid[0]), "accuracy": accuracy},
    )
