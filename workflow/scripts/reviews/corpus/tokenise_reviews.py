from pathlib import Path

from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.files import REVIEW_COLUMNS, read_word_index, write_tokens
from practical_dl.reviews.corpus.sources import read_reviews
from practical_dl.reviews.corpus.tokens import (
    build_vocabulary,
    encode,
    renumber,
    split_words_and_marks,
    token_statistics,
)

with job(snakemake) as log:
    import numpy as np

    reviews = read_reviews(Path(snakemake.params.path))
    in_training = reviews["split"] == "train"
    vocabulary = build_vocabulary(reviews["text"][in_training])
    if snakemake.params.word_index is not None:
        published = read_word_index(snakemake.params.word_index)
        vocabulary = renumber(vocabulary, published)
    values, offsets = encode(reviews["text"], list(vocabulary["word"]))
    lengths = np.diff(offsets)
    statistics = {
        "words": len(vocabulary),
        "train": token_statistics(lengths[in_training]),
        "test": token_statistics(lengths[~in_training]),
    }
    log.show(f"{statistics}")
    write_csv(snakemake.output.reviews, reviews[REVIEW_COLUMNS])
    write_csv(snakemake.output.vocabulary, vocabulary)
    write_tokens(snakemake.output.tokens, values, offsets)
    marked = build_vocabulary(reviews["text"][in_training], split_words_and_marks)
    write_csv(snakemake.output.marked_vocabulary, marked)
    tokens = encode(reviews["text"], list(marked["word"]), split_words_and_marks)
    write_tokens(snakemake.output.marked_tokens, *tokens)
    write_json(snakemake.output.statistics, statistics)
