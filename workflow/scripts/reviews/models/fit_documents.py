from practical_dl.files.artefacts import read_csv
from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.files import read_all_tokens, read_corpus
from practical_dl.reviews.corpus.ngrams import Counting
from practical_dl.reviews.corpus.tokens import VOCABULARY_COLUMNS
from practical_dl.reviews.models.document_scores import (
    Texts,
    count_walks,
    passes_tracker,
    score_documents,
)
from practical_dl.reviews.models.documents import Training
from practical_dl.reviews.models.runs import write_runs
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
    texts = Texts(tokens, reviews["label"].to_numpy(), roles)
    if snakemake.input.unlabelled:
        texts = texts.with_unlabelled(read_all_tokens(snakemake.input.unlabelled))
    track = passes_tracker(log, settings["passes"] * count_walks(model) * settings["seeds"])
    scored = score_documents(texts, model, counting, trainings, settings["strengths"], track)
    write_runs(snakemake.output, reviews, roles, scored.parts, params.seed)
    if snakemake.output.taught:
        write_taught(snakemake.output.taught, scored.taught)
