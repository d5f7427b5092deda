from pathlib import Path

import numpy as np

from practical_dl.files.artefacts import write_csv
from practical_dl.files.predictions import read_class_predictions
from practical_dl.images.folds.folded import read_folded
from practical_dl.images.hidden_groups.likeness import likeness
from practical_dl.job.runtime import job

with job(snakemake):
    found = snakemake.input
    tests = [Path(path) for path in found.test]
    folded, look, test_look = read_folded(
        found.manifest, found.folds, found.labelled, tests, "look"
    )
    known, unknown = (
        read_class_predictions(path).probabilities for path in (found.predicted, found.answered)
    )
    shares = np.bincount(folded.labels, minlength=len(folded.classes)) / len(folded.labels)
    table = likeness(look, folded.fold, test_look, known, unknown, shares, snakemake.params.seed)
    write_csv(snakemake.output.likeness, table)
