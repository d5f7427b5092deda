from practical_dl.files.artefacts import read_csv, write_csv
from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.files import class_names, read_all_tokens, read_corpus
from practical_dl.reviews.corpus.ngrams import Counting
from practical_dl.reviews.corpus.tokens import VOCABULARY_COLUMNS
from practical_dl.reviews.models.documents import (
    Texts,
    Training,
    count_walks,
    passes_tracker,
    score_documents,
)
from practical_dl.reviews.models.runs import runs_frame
from practical_dl.reviews.models.taught import write_taught

with job(snakemake) as log:
    params, model = snakemake.params, snakemake.params.model
    settings = params.documents
    base = len(read_csv(snakemake.input.vocabulary, VOCABULARY_COLUMNS)) + 1
    counting = Counting(params.longest, settings["fewest"], base)
    trainings = [
        Training(settings["dimensions"], settings["passes"], settings["rate"], seed)
        for seed in range(params.seed, params.seed + settings["seeds"])
    ]
    reviews, roles, tokens = read_corpus(snakemake.input)
    classes = class_names(reviews)
    texts = Texts(tokens, reviews["label"].to_numpy(), roles)
    if snakemake.input.unlabelled:
        texts = texts.with_unlabelled(read_all_tokens(snakemake.input.unlabelled))
    track = passes_tracker(log, settings["passes"] * count_walks(model) * settings["seeds"])
    scored = score_documents(
        texts,
        model,
        counting,
        trainings,
        settings["strengths"],
        track,
    )
    for role, found in scored.parts.items():
        frame = runs_frame(reviews[roles == role], found, classes, params.seed)
        write_csv(snakemake.output[role], frame)
    if snakemake.output.taught:
        write_taught(snakemake.output.taught, scored.taught)
