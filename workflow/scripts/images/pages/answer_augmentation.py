from practical_dl.files.artefacts import read_json, write_text
from practical_dl.images.augmentation.best_amounts import read_best_amounts
from practical_dl.images.pages.augmentation_answers import (
    augmentation_answer,
    augmentation_curves,
    augmentation_table,
)
from practical_dl.images.pages.sample_pages import question_page
from practical_dl.images.pages.sample_plots import curves_figure
from practical_dl.images.sample.trainings import read_setting_history
from practical_dl.job.runtime import job

with job(snakemake):
    read = {kind: read_json(snakemake.input[kind]) for kind in ("none", "augmented", "gain")}
    amounts = read_best_amounts(snakemake.input.best)
    curves = augmentation_curves(read_setting_history(snakemake.input.history))
    levels = {
        f"validation groups, {name}": read[key]["scores"]["accuracy"]["value"]
        for key, name in (("none", "none"), ("augmented", "augmented"))
    }
    page = question_page(
        "Does the swept augmentation help the network of two convolutions, at the same budget?",
        augmentation_answer(read, amounts),
        curves_figure(curves, "accuracy", levels),
        "Accuracy by epoch with and without augmentation; dotted lines are groups never seen",
        augmentation_table(read),
    )
    write_text(snakemake.output.page, page)
