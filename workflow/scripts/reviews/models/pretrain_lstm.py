import numpy as np

from practical_dl.files.artefacts import write_csv
from practical_dl.files.model_files import save_model
from practical_dl.job.runtime import configure_tensorflow, job
from practical_dl.reviews.corpus.files import read_corpus
from practical_dl.reviews.corpus.ngrams import rows_of
from practical_dl.reviews.corpus.tokens import cap
from practical_dl.reviews.models.feeding import ordered_batches, training_batches
from practical_dl.reviews.models.reading import LOSS, next_word_model, passages, reader_model
from practical_dl.training.fit import best_epoch, fit

LENGTH = 100
BATCH = 32

with job(snakemake) as log:
    params = snakemake.params
    configure_tensorflow(params.seed)
    _, roles, (values, offsets) = read_corpus(snakemake.input)
    tokens = cap(values, params.vocabulary), offsets
    train, valid = (passages(rows_of(tokens, roles == role), LENGTH) for role in ("train", "valid"))
    reader = reader_model(params.vocabulary)
    history = fit(
        next_word_model(reader, np.bincount(train.ravel(), minlength=params.vocabulary)),
        training_batches(train, np.zeros(len(train), np.int64), BATCH, params.seed),
        params.schedule,
        LOSS,
        log,
        inner=ordered_batches(valid, np.zeros(len(valid), np.int64), BATCH),
        optimizer=params.optimizer,
    )
    save_model(snakemake.output.reader, reader)
    write_csv(snakemake.output.history, history)
    kept = history.set_index("epoch").loc[best_epoch(history)]
    log.show(f"reads other films' reviews at {kept['inner_plain_loss']:.2f} nats a word")
