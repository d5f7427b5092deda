import numpy as np
import pandas as pd

from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.images.ensemble.members import (
    folds_of,
    frame_with,
    read_members,
    row_losses,
    rows_of_choice,
)
from practical_dl.images.folds.selection import nested_choice, pair_gains, passes_gain, point_scores
from practical_dl.images.networks.grid import point_of_name
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.pictures.splits import read_folds
from practical_dl.job.runtime import job
from practical_dl.scoring.metrics import hits

with job(snakemake) as log:
    names, seed = list(snakemake.params.names), snakemake.params.seed
    points = [point_of_name(name) for name in names]
    members = read_members(snakemake.input.out_of_fold)
    single = read_members(snakemake.input.first_seed)
    dealt = read_folds(snakemake.input.folds, read_manifest(snakemake.input.manifest))
    first = members[0]
    fold = folds_of(first.ids, dealt)
    losses = row_losses(members)
    right = np.stack([hits(first.labels(), member.probabilities) for member in members])
    scores = point_scores(names, points, losses, right, first.groups, seed)
    clean = row_losses(read_members(snakemake.input.clean))
    gains = pd.concat(
        [
            pair_gains(names, points, losses, first.groups, seed),
            passes_gain(points, clean, losses, first.groups, seed),
        ]
    )
    eligible = [index for index, point in enumerate(points) if point.share == 1]
    chosen = np.asarray(eligible)[nested_choice(losses[eligible], fold)]
    final = eligible[int(losses[eligible].mean(axis=1).argmin())]
    test = read_members(snakemake.input.test)[final]
    for path, among in (
        (snakemake.output.out_of_fold, members),
        (snakemake.output.first_seed, single),
    ):
        write_csv(path, frame_with(first, rows_of_choice(among, chosen)))
    write_csv(snakemake.output.scores, scores)
    write_csv(snakemake.output.gains, gains)
    write_csv(snakemake.output.test, frame_with(test, test.probabilities))
    by_fold = {str(number): names[int(chosen[fold == number][0])] for number in np.unique(fold)}
    write_json(snakemake.output.choice, {"selected": names[final], "without_fold": by_fold})
    log.show(f"selected: {names[final]}")
