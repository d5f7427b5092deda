from practical_dl.files.artefacts import write_csv
from practical_dl.files.predictions import read_class_predictions
from practical_dl.images.ensemble.ablation import ablation
from practical_dl.images.ensemble.members import (
    folds_of,
    in_row_order,
    labels_by_fold,
    parts_by_fold,
    read_members,
)
from practical_dl.images.ensemble.tuning import Choices, cross_fitted
from practical_dl.images.features.look_alikes import read_neighbours
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.pictures.splits import read_folds
from practical_dl.job.runtime import job

with job(snakemake) as log:
    choices = Choices.of(snakemake.params)
    members = read_members(snakemake.input.members)
    dealt = read_folds(snakemake.input.folds, read_manifest(snakemake.input.manifest))
    near, _ = read_neighbours(snakemake.input.neighbours)
    first = members[0]
    fold = folds_of(first.ids, dealt)
    parts, labels = parts_by_fold(members, fold, near), labels_by_fold(first, fold)

    def predicted_with(steps: list[str]):
        return in_row_order(cross_fitted(parts, labels, choices.only(steps)), fold)

    steps = choices.steps()
    singles = {
        name: read_class_predictions(snakemake.input[name]).probabilities
        for name in ("linear", "first_seed", "selected")
    }
    stages = [
        ("linear", singles["linear"]),
        ("best head", singles["first_seed"]),
        ("seeds", singles["selected"]),
        ("ensemble", predicted_with([])),
        *((step, predicted_with(steps[: number + 1])) for number, step in enumerate(steps)),
    ]
    without = {step: predicted_with([other for other in steps if other != step]) for step in steps}
    left_out = {
        step: predicted_with([*steps, step]) for step in choices.measured() if step not in steps
    }
    table = ablation(stages, without, left_out, first.labels(), first.groups, snakemake.params.seed)
    write_csv(snakemake.output.ablation, table)
