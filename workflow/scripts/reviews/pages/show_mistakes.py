from practical_dl.files.artefacts import write_text
from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.files import read_review_table, read_tokens
from practical_dl.reviews.models.linear import read_linear
from practical_dl.reviews.models.runs import read_runs
from practical_dl.reviews.pages.mistakes import confident_mistakes, mistakes_page
from practical_dl.reviews.plan import READ_BY_HAND
from practical_dl.reviews.titles import TITLES

SHOWN = 5

with job(snakemake):
    reviews = read_review_table(snakemake.input.reviews)
    tokens = read_tokens(snakemake.input.tokens, len(reviews))
    model, words = read_linear(snakemake.input.model)
    runs = read_runs(snakemake.input.runs)
    mistakes = confident_mistakes(runs, reviews, tokens, model, SHOWN)
    title = TITLES[READ_BY_HAND]
    page = mistakes_page(snakemake.wildcards.dataset, title, mistakes, words, runs)
    write_text(snakemake.output.page, page)
