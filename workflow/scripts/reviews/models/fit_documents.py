from itertools import count

from practical_dl.files.artefacts import read_csv, write_csv
from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.files import read_corpus
from practical_dl.reviews.corpus.tokens import VOCABULARY_COLUMNS
from practical_dl.reviews.models.documents import Counting, Recipe, ask, count_walks
from practical_dl.reviews.models.runs import runs_frame

with job(snakemake) as log:
    params = snakemake.params
    base = len(read_csv(snakemake.input.vocabulary, VOCABULARY_COLUMNS)) + 1
    reviews, roles, tokens = read_corpus(snakemake.input)
    done = count(1)
    passes_in_all = params.passes * count_walks(snakemake.wildcards.documents) * params.seeds

    def track(passes):
        for number in passes:
            yield number
            log.progress(next(done), passes_in_all, "passes")

    seeds = range(params.seed, params.seed + params.seeds)
    answers = ask(
        tokens,
        reviews["label"].to_numpy(),
        roles,
        snakemake.wildcards.documents,
        Counting(params.longest, params.fewest, base),
        [Recipe(params.dimensions, params.passes, params.rate, seed) for seed in seeds],
        params.strengths,
        track,
    )
    for role, positive in answers.items():
        write_csv(snakemake.output[role], runs_frame(reviews[roles == role], positive, params.seed))
