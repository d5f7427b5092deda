from pathlib import Path

import pandas as pd

from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.about import write_about
from practical_dl.reviews.corpus.duplicates import number_texts, statistics_of_unlabelled
from practical_dl.reviews.corpus.files import REVIEW_COLUMNS, read_word_index, write_tokens
from practical_dl.reviews.corpus.sources import read_film_reviews
from practical_dl.reviews.corpus.tables import read_review_tables
from practical_dl.reviews.corpus.tokens import (
    encode,
    split_words_and_marks,
    statistics_of,
    tokenise,
)

with job(snakemake) as log:
    params, output = snakemake.params, snakemake.output
    if params.table is None:
        source = read_film_reviews(Path(params.path), *params.films)
    else:
        source = read_review_tables(params.table, params.seed, params.duplicates)
    for line in source.about.told:
        log.show(line)
    reviews = source.reviews
    texts, in_training = reviews["text"], reviews["split"] != "test"
    published = None if params.word_index is None else read_word_index(params.word_index)
    words = tokenise(texts, in_training, published=published)
    statistics = {
        **statistics_of(words, in_training.to_numpy()),
        **statistics_of_unlabelled(source.unlabelled, texts[~in_training]),
    }
    log.show(f"{statistics}")
    write_csv(output.reviews, reviews[REVIEW_COLUMNS])
    numbers = pd.DataFrame({"review_id": reviews["review_id"], "text": number_texts(texts)})
    write_csv(output.texts, numbers)
    write_about(output.about, source.about)
    write_csv(output.dropped, source.dropped)
    write_csv(output.vocabulary, words.vocabulary)
    write_tokens(output.tokens, *words.tokens)
    marked = tokenise(texts, in_training, split_words_and_marks)
    write_csv(output.marked_vocabulary, marked.vocabulary)
    write_tokens(output.marked_tokens, *marked.tokens)
    known = marked.vocabulary["word"].tolist()
    write_tokens(output.unlabelled_tokens, *encode(source.unlabelled, known, split_words_and_marks))
    write_json(output.statistics, statistics)
