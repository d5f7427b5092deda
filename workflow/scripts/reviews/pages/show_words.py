from practical_dl.files.artefacts import read_csv
from practical_dl.job.runtime import job
from practical_dl.report.page import write_page
from practical_dl.report.plotting import write_figure
from practical_dl.reviews.corpus.about import FILMS, read_about
from practical_dl.reviews.corpus.files import read_review_table, read_tokens
from practical_dl.reviews.corpus.tokens import VOCABULARY_COLUMNS
from practical_dl.reviews.models.linear import read_linear
from practical_dl.reviews.models.runs import read_runs
from practical_dl.reviews.pages.mistakes import SHOWN, confident_mistakes, mistakes_page
from practical_dl.reviews.pages.sentences import sentence_blocks
from practical_dl.reviews.pages.word_map import word_map
from practical_dl.reviews.plan import LINEAR, READ_BY_HAND
from practical_dl.reviews.titles import TITLES
from practical_dl.reviews.vectors.tables import embedded_words, read_vectors

with job(snakemake):
    params, given, output = snakemake.params, snakemake.input, snakemake.output
    reviews, about = read_review_table(given.reviews), read_about(given.about)
    runs = read_runs(given.runs, about.classes)
    linear = dict(zip(LINEAR, map(read_linear, given.models), strict=True))
    model, words = linear[READ_BY_HAND]
    tokens = read_tokens(given.tokens, len(reviews))
    mistakes = confident_mistakes(runs, reviews, tokens, model, SHOWN)
    title = TITLES[READ_BY_HAND]
    by_title = {TITLES[name]: found for name, (found, _) in linear.items()}
    sentences = sentence_blocks(by_title, words) if about == FILMS else []
    page = mistakes_page(
        snakemake.wildcards.dataset, about, title, mistakes, words, runs, sentences
    )
    write_page(output.page, page)
    vocabulary = read_csv(given.vocabulary, VOCABULARY_COLUMNS)["word"].tolist()
    embedded = embedded_words(vocabulary, params.embedded)
    for kind, vectors_path, map_path in zip(params.kinds, given.vectors, output.maps, strict=True):
        figure = word_map(embedded, read_vectors(vectors_path), kind, params.seed)
        write_figure(map_path, figure)
