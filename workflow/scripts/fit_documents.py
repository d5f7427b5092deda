from dataclasses import replace
from itertools import count

from practical_dl.artefacts import read_csv, write_csv
from practical_dl.reviews.corpus import read_corpus
from practical_dl.reviews.documents import Counting, Recipe, ask, count_walks
from practical_dl.reviews.runs import runs_frame
from practical_dl.reviews.tokens import VOCABULARY_COLUMNS
from practical_dl.runtime import job

with job(snakemake) as log:
    params = snakemake.params
    base = len(read_csv(snakemake.input.vocabulary, VOCABULARY_COLUMNS)) + 1
    reviews, roles, tokens = read_corpus(snakemake.input)
    counting = Counting(params.longest, params.fewest, base)
    recipe = Recipe(params.dimensions, params.passes, params.rate, params.seed)
    done = count(1)
    passes_in_all = params.passes * count_walks(snakemake.wildcards.documents) * params.seeds

    def track(passes):
        for number in passes:
            yield number
            log.progress(next(done), passes_in_all, "passes")

    answers = []
    for seed in range(params.seed, params.seed + params.seeds):
        log.info(f"seed {seed}")
        answers.append(
            ask(
                tokens,
                reviews["label"].to_numpy(),
                roles,
                snakemake.wildcards.documents,
                counting,
                replace(recipe, seed=seed),
                params.strengths,
                track,
            )
        )
    for role in ("valid", "test"):
        positive = [answer[role] for answer in answers]
        write_csv(snakemake.output[role], runs_frame(reviews[roles == role], positive, params.seed))
