from practical_dl.files.artefacts import read_json, write_text
from practical_dl.images.pages.sample_answers import baseline_answer, baseline_table
from practical_dl.images.pages.sample_pages import question_page
from practical_dl.images.pages.sample_plots import interval_figure
from practical_dl.images.sample.trainings import kept_epochs, read_setting_history
from practical_dl.job.runtime import job

SPLITS = {"grouped": "unseen groups", "random": "random split"}
NOTE = (
    "Either split keeps, of each training, the epoch that is best on inner pictures of its own "
    "kind, as a person who believed it would. A model that gets no better on unseen groups keeps "
    "an early epoch there and a late one at random, so a part of its leak is the longer "
    "training."
)

with job(snakemake):
    read = {
        kind: dict(zip(snakemake.params.models, map(read_json, snakemake.input[kind]), strict=True))
        for kind in ("grouped", "random", "leak", "model")
    }
    histories = map(read_setting_history, snakemake.input.histories)
    epochs = dict(zip(snakemake.params.models, map(kept_epochs, histories), strict=True))
    accuracies = {
        model: {label: read[split][model]["scores"]["accuracy"] for split, label in SPLITS.items()}
        for model in snakemake.params.models
    }
    page = question_page(
        "How far do simple models get, and how much more does a random split promise?",
        baseline_answer(read["grouped"], read["leak"], epochs),
        interval_figure(accuracies, "accuracy on validation pictures, 95 % interval"),
        "Accuracy of each model on groups never seen, and what the random split promises",
        baseline_table(read["model"], read["grouped"], read["random"], read["leak"], epochs),
        NOTE,
    )
    write_text(snakemake.output.page, page)
