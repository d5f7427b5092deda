from pathlib import Path

from practical_dl.files.artefacts import read_csv, write_json
from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.tokens import VOCABULARY_COLUMNS
from practical_dl.reviews.vectors.glove import vectors_of_glove
from practical_dl.reviews.vectors.tables import embedded_words, random_vectors, write_vectors

with job(snakemake) as log:
    params, output = snakemake.params, snakemake.output
    write_vectors(output.random, random_vectors(params.vocabulary, params.width, params.seed))
    if output.glove:
        vectors_path, report_path = output.glove
        table = read_csv(snakemake.input.vocabulary, VOCABULARY_COLUMNS)
        words = embedded_words(table["word"].tolist(), params.vocabulary)
        vectors, report = vectors_of_glove(Path(params.path), words, params.width, params.seed)
        log.show(f"{report['found']:,} of {len(words):,} words have one of GloVe's vectors")
        write_vectors(vectors_path, vectors)
        write_json(report_path, report)
