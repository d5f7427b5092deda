import numpy as np

from practical_dl.files.artefacts import read_csv, write_csv
from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.files import read_corpus
from practical_dl.reviews.corpus.ngrams import rows_of
from practical_dl.reviews.corpus.tokens import VOCABULARY_COLUMNS
from practical_dl.reviews.models.linear import choose_strength, fit_linear, write_linear
from practical_dl.reviews.models.runs import runs_frame

with job(snakemake) as log:
    params, output = snakemake.params, snakemake.output
    weighting = snakemake.wildcards.linear
    longest = 1 if weighting == "bag_of_words" else params.longest
    words = read_csv(snakemake.input.vocabulary, VOCABULARY_COLUMNS)["word"].tolist()
    reviews, roles, tokens = read_corpus(snakemake.input)
    labels = reviews["label"].to_numpy()
    part = {role: rows_of(tokens, roles == role) for role in ("train", "valid", "test")}
    fitted = choose_strength(
        part["train"],
        labels[roles == "train"],
        part["valid"],
        labels[roles == "valid"],
        weighting,
        longest,
        params.fewest,
        len(words) + 1,
        params.strengths,
    )
    log.info("log loss on the validation films by strength: " + str(fitted.losses))
    every = np.isin(roles, ["train", "valid"])
    final = fit_linear(
        rows_of(tokens, every),
        labels[every],
        weighting,
        longest,
        params.fewest,
        len(words) + 1,
        fitted.strength,
    )
    write_linear(output.model, final, words)
    of_role = {"valid": fitted.positive, "test": final.probabilities(part["test"])}
    for role, positive in of_role.items():
        write_csv(output[role], runs_frame(reviews[roles == role], [positive], params.seed))
