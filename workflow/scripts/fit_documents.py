import numpy as np

from practical_dl.artefacts import read_csv, write_csv
from practical_dl.reviews.corpus import read_corpus
from practical_dl.reviews.documents import (
    TEXTS,
    Counting,
    Recipe,
    choose_strength,
    points_of_reviews,
    probabilities,
)
from practical_dl.reviews.runs import runs_frame
from practical_dl.reviews.tokens import VOCABULARY_COLUMNS
from practical_dl.runtime import job

with job(snakemake) as log:
    params = snakemake.params
    base = len(read_csv(snakemake.input.vocabulary, VOCABULARY_COLUMNS)) + 1
    reviews, roles, tokens = read_corpus(snakemake.input)
    labels = reviews["label"].to_numpy()
    texts = TEXTS[snakemake.wildcards.documents]
    is_in = {role: roles == role for role in ("train", "valid", "test")}
    labelled = is_in["train"] | is_in["valid"]
    settings = (
        Counting(params.longest, params.fewest, base),
        Recipe(params.dimensions, params.passes, params.rate, params.seed),
        lambda passes: log.track(passes, params.passes, "passes"),
    )

    points = points_of_reviews(tokens, np.isin(roles, texts["valid"]), is_in["valid"], *settings)
    fitted = choose_strength(
        points[is_in["train"]],
        labels[is_in["train"]],
        points[is_in["valid"]],
        labels[is_in["valid"]],
        params.strengths,
    )
    log.info("log loss on the validation films by strength: " + str(fitted.losses))
    if texts["test"] != texts["valid"]:
        points = points_of_reviews(tokens, np.isin(roles, texts["test"]), is_in["test"], *settings)
    tested = probabilities(
        points[labelled], labels[labelled], points[is_in["test"]], fitted.strength
    )
    for role, positive in {"valid": fitted.positive, "test": tested}.items():
        write_csv(snakemake.output[role], runs_frame(reviews[is_in[role]], [positive], params.seed))
