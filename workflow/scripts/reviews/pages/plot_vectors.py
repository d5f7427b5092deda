from practical_dl.files.artefacts import read_csv
from practical_dl.job.runtime import job
from practical_dl.report.plotting import write_figure
from practical_dl.reviews.corpus.tokens import VOCABULARY_COLUMNS
from practical_dl.reviews.pages.word_map import KINDS, map_figure, place_words
from practical_dl.reviews.vectors.windows import embedded_words, read_vectors

SHOWN = 350

with job(snakemake):
    params = snakemake.params
    vocabulary = read_csv(snakemake.input.vocabulary, VOCABULARY_COLUMNS)
    words = [
        word for word in embedded_words(vocabulary["word"].tolist(), params.vocabulary) if word
    ]
    vectors = read_vectors(snakemake.input.vectors)[1 : len(words) + 1][:SHOWN]
    places = place_words(vectors, params.seed)
    title = f"The {len(vectors)} most frequent words by {KINDS[params.vectors]}"
    write_figure(snakemake.output.plot, map_figure(words[:SHOWN], places, title))
