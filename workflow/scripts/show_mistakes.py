from practical_dl.artefacts import write_text
from practical_dl.reviews.corpus import read_review_table, read_tokens
from practical_dl.reviews.linear import read_linear
from practical_dl.reviews.mistakes import confident_mistakes, mistakes_page
from practical_dl.reviews.plan import READ_BY_HAND
from practical_dl.reviews.runs import read_runs
from practical_dl.reviews.titles import TITLES
from practical_dl.runtime import job

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
