import numpy as np

from practical_dl.artefacts import read_csv, write_csv
from practical_dl.reviews.corpus import read_corpus
from practical_dl.reviews.latent import TEXTS, choose_strength, learn_space, probabilities
from practical_dl.reviews.ngrams import rows_of
from practical_dl.reviews.runs import runs_frame
from practical_dl.reviews.tokens import VOCABULARY_COLUMNS
from practical_dl.runtime import job

with job(snakemake) as log:
    params = snakemake.params
    base = len(read_csv(snakemake.input.vocabulary, VOCABULARY_COLUMNS)) + 1
    reviews, roles, tokens = read_corpus(snakemake.input)
    labels = reviews["label"].to_numpy()
    texts = {
        part: np.isin(roles, of_part) for part, of_part in TEXTS[snakemake.wildcards.latent].items()
    }
    is_in = {role: roles == role for role in ("train", "valid", "test")}
    labelled = is_in["train"] | is_in["valid"]
    settings = (params.longest, params.fewest, base, params.dimensions, params.seed)

    space = learn_space(rows_of(tokens, texts["valid"]), *settings)
    fitted = choose_strength(
        space.points(rows_of(tokens, is_in["train"])),
        labels[is_in["train"]],
        space.points(rows_of(tokens, is_in["valid"])),
        labels[is_in["valid"]],
        params.strengths,
    )
    log.info("log loss on the validation films by strength: " + str(fitted.losses))
    if (texts["test"] != texts["valid"]).any():
        space = learn_space(rows_of(tokens, texts["test"]), *settings)
    tested = probabilities(
        space.points(rows_of(tokens, labelled)),
        labels[labelled],
        space.points(rows_of(tokens, is_in["test"])),
        fitted.strength,
    )
    for role, positive in {"valid": fitted.positive, "test": tested}.items():
        write_csv(snakemake.output[role], runs_frame(reviews[is_in[role]], [positive], params.seed))
