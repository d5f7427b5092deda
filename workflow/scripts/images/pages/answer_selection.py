from practical_dl.files.artefacts import read_json, write_text
from practical_dl.images.features.constant_features import warning_of
from practical_dl.images.features.reduced import read_reduced
from practical_dl.images.folds.selection import read_gains, read_scores
from practical_dl.images.pages.head_pages import (
    gain_table,
    score_of_points_table,
    selection_answer,
    strongest,
)
from practical_dl.images.pages.head_plots import gains_figure
from practical_dl.job.runtime import job
from practical_dl.report.page import heading, page, paragraph, picture, table

SETTINGS = (
    "Backbone: the network whose features are read. Pool: how its locations become one number a "
    "channel (max, average) or stay (none). Dropout: share of the numbers left out in training. "
    "Features: plain; centred, less the mean of their nearest pictures, which show the same person "
    "doing other things; or augmented, with those of changed copies too. Halves: share of the "
    "training rows made of the left half of one picture and the right half of another of its "
    "class. Share: of the training rows that are used at all; below 1, the lesson's sample."
)
PICTURES_ASKED = (
    "Pictures asked: the same head on augmented features, asked about the clean pictures alone, or "
    "about their augmented copies too, its answers averaged."
)

with job(snakemake):
    scores, gains = read_scores(snakemake.input.scores), read_gains(snakemake.input.gains)
    choice = read_json(snakemake.input.choice, ["selected", "without_fold"])
    warned = [
        paragraph(f"Backbone {name}: {warning}.")
        for name, path in zip(snakemake.params.backbones, snakemake.input.reduced, strict=True)
        if (warning := warning_of(read_reduced(path, "average")[1]))
    ]
    blocks = [
        *warned,
        heading("What each setting gives, all else equal"),
        paragraph(strongest(gains)),
        paragraph(SETTINGS),
        *([paragraph(PICTURES_ASKED)] if "pictures asked" in set(gains["axis"]) else []),
        *([picture(gains_figure(gains), "Gain of each setting")] if len(gains) else []),
        table(gain_table(gains)),
        heading("All heads, best first"),
        paragraph("Scored out of fold; the best of many looks a little better than it is."),
        table(score_of_points_table(scores)),
    ]
    answer = selection_answer(scores, choice, read_json(snakemake.input.metrics, ["scores"]))
    title = "Which head, and what does each of its settings give?"
    write_text(snakemake.output.page, page(title, answer, blocks))
