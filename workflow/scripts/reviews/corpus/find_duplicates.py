from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.duplicates import count_duplicates, find_duplicates
from practical_dl.reviews.corpus.files import read_review_table, read_texts, read_tokens

with job(snakemake) as log:
    reviews = read_review_table(snakemake.input.reviews)
    tokens = read_tokens(snakemake.input.tokens, len(reviews))
    texts = read_texts(snakemake.input.texts, reviews)
    pairs = find_duplicates(tokens, texts, reviews, **snakemake.params.duplicates)
    counts = count_duplicates(pairs, reviews)
    log.show(f"reviews with an earlier duplicate: {counts}")
    write_csv(snakemake.output.pairs, pairs)
    write_json(snakemake.output.counts, counts)
