from practical_dl.files.artefacts import read_csv
from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.files import read_corpus
from practical_dl.reviews.corpus.ngrams import Counting
from practical_dl.reviews.corpus.tokens import VOCABULARY_COLUMNS
from practical_dl.reviews.models.linear import fit_linear_models, write_linear
from practical_dl.reviews.models.runs import write_runs

with job(snakemake) as log:
    linear, seed, output = snakemake.params.linear, snakemake.params.seed, snakemake.output
    words = read_csv(snakemake.input.vocabulary, VOCABULARY_COLUMNS)["word"].tolist()
    reviews, roles, tokens = read_corpus(snakemake.input)
    counting = Counting(linear["longest"], linear["fewest"], len(words) + 1)
    labels = reviews["label"].to_numpy()
    models = fit_linear_models(tokens, labels, roles, counting, linear["strengths"])
    for (name, fitted), model_path, valid_path, test_path in zip(
        models, output.models, output.valid, output.test, strict=True
    ):
        log.info(f"{name}: log loss on the validation reviews by C: {fitted.choice.losses}")
        write_linear(model_path, fitted.model, words)
        paths = {"valid": valid_path, "test": test_path}
        said = {"valid": [fitted.choice.probabilities], "test": [fitted.test]}
        write_runs(paths, reviews, roles, said, seed)
