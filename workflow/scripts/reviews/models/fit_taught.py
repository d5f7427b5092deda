from practical_dl.files.artefacts import read_csv
from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.files import read_all_tokens, read_corpus
from practical_dl.reviews.corpus.ngrams import Counting
from practical_dl.reviews.corpus.tokens import VOCABULARY_COLUMNS
from practical_dl.reviews.models.runs import write_runs
from practical_dl.reviews.models.taught import fit_taught, read_taught

with job(snakemake):
    params, given = snakemake.params, snakemake.input
    base = len(read_csv(given.vocabulary, VOCABULARY_COLUMNS)) + 1
    counting = Counting(params.linear["longest"], params.linear["fewest"], base)
    reviews, roles, tokens = read_corpus(given)
    others = read_all_tokens(given.unlabelled)
    taught = read_taught(given.taught, len(others[1]) - 1)
    scored = fit_taught(
        tokens,
        reviews["label"].to_numpy(),
        roles,
        others,
        taught,
        counting,
        params.linear["strengths"],
    )
    said = {role: [found] for role, found in scored.items()}
    write_runs(snakemake.output, reviews, roles, said, params.seed)
