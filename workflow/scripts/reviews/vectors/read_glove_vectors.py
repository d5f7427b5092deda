from dataclasses import asdict
from pathlib import Path

from practical_dl.files.artefacts import read_csv, write_json
from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.tokens import VOCABULARY_COLUMNS
from practical_dl.reviews.vectors.glove import embedding_matrix, read_glove
from practical_dl.reviews.vectors.windows import embedded_words, write_vectors

with job(snakemake) as log:
    params = snakemake.params
    vocabulary = read_csv(snakemake.input.vocabulary, VOCABULARY_COLUMNS)
    words = embedded_words(vocabulary["word"].tolist(), params.vocabulary)
    found, report = read_glove(Path(params.path), set(words) - {""}, params.width)
    matrix, unknown = embedding_matrix(words, found, params.seed)
    log.show(f"{report.found:,} of {len(words):,} words have a vector; the others get a random one")
    write_vectors(snakemake.output.vectors, matrix)
    write_json(snakemake.output.report, {**asdict(report), "unknown": unknown})
