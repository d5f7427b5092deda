from pathlib import Path

from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.files import REVIEW_COLUMNS, read_word_index, write_tokens
from practical_dl.reviews.corpus.sources import read_reviews
from practical_dl.reviews.corpus.tokens import split_words_and_marks, statistics_of, tokenise

with job(snakemake) as log:
    params, output = snakemake.params, snakemake.output
    reviews = read_reviews(Path(params.path))
    texts, in_training = reviews["text"], reviews["split"] == "train"
    published = None if params.word_index is None else read_word_index(params.word_index)
    words = tokenise(texts, in_training, published=published)
    statistics = statistics_of(words, in_training.to_numpy())
    log.show(f"{statistics}")
    write_csv(output.reviews, reviews[REVIEW_COLUMNS])
    write_csv(output.vocabulary, words.vocabulary)
    write_tokens(output.tokens, *words.tokens)
    marked = tokenise(texts, in_training, split_words_and_marks)
    write_csv(output.marked_vocabulary, marked.vocabulary)
    write_tokens(output.marked_tokens, *marked.tokens)
    write_json(output.statistics, statistics)
