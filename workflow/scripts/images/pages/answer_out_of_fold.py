from pathlib import Path

import numpy as np

from practical_dl.files.artefacts import read_json, write_text
from practical_dl.images.ensemble.members import read_members
from practical_dl.images.pages.head_pages import (
    confident_mistakes,
    confusion_table,
    group_losses,
    score_answer,
    score_table,
)
from practical_dl.images.pages.head_plots import group_figure, mistakes_figure
from practical_dl.images.pictures.class_meanings import meanings
from practical_dl.images.pictures.loading import read_images
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.job.runtime import job
from practical_dl.report.page import heading, page, paragraph, picture, table
from practical_dl.report.wording import percent
from practical_dl.scoring.metrics import is_grouped

SHOWN = 12
CONFUSED = 10
SIZE = (150, 200)

with job(snakemake):
    names, seed = list(snakemake.params.models), snakemake.params.seed
    models = read_members(snakemake.input.models)
    last = models[-1]
    blocks = [table(score_table(names, models, seed))]
    if is_grouped(last.groups):
        ends = [0, -2, -1]
        losses = group_losses([names[end] for end in ends], [models[end] for end in ends])
        blocks += [
            heading("Group by group, the hardest on top"),
            picture(group_figure(losses), "Log loss of each group by three models"),
        ]
    blocks += [
        heading("The classes that are confused most"),
        table(confusion_table(last, CONFUSED)),
    ]
    if snakemake.params.of_drivers:
        blocks.append(paragraph(meanings()))
    mistakes = confident_mistakes(last, SHOWN)
    if len(mistakes):
        root = Path(read_json(snakemake.input.source, ["root"])["root"])
        manifest = read_manifest(snakemake.input.manifest).set_index("image_id", drop=False)
        rows = manifest.loc[mistakes["id"]]
        photos = np.concatenate([block for _, block in read_images(root, rows, SIZE, threads=1)])
        captions = [
            f"{row.group}: {row.true}, taken for\n{row.taken_for} ({percent(row.probability)}, "
            f"true {percent(row.true_probability)})"
            for row in mistakes.itertuples()
        ]
        blocks += [
            heading("The mistakes with the highest loss"),
            paragraph(
                "Those that gave the true class least; at most one a group, true class and "
                "predicted class."
            ),
            picture(mistakes_figure(photos, captions), "The photos, with what was said of them"),
        ]
    answer = score_answer(names, models, seed)
    title = "How good are the models on what they never saw, and where do they go wrong?"
    write_text(snakemake.output.page, page(title, answer, blocks))
