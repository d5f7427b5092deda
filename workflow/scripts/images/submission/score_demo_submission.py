from pathlib import Path

import pandas as pd

from practical_dl.files.artefacts import read_csv, read_json, write_json
from practical_dl.job.runtime import job
from practical_dl.scoring.metrics import classification_scores, report

with job(snakemake):
    root = Path(read_json(snakemake.input.source, ["root"])["root"])
    submission = read_csv(snakemake.input.submission, ["img"], others_allowed=True)
    truth = read_csv(root / "truth.csv", ["image_id", "group", "label"]).set_index("image_id")
    rows = truth.loc[submission["img"]]
    classes = list(submission.columns[1:])
    labels = pd.Categorical(rows["label"], categories=classes).codes
    groups = rows["group"].to_numpy()
    scores = classification_scores(
        labels, submission[classes].to_numpy(dtype=float), groups, snakemake.params.seed
    )
    ids = submission["img"].to_numpy()
    content = report("submission", "test (true labels)", ids, groups, scores, snakemake.params.seed)
    write_json(snakemake.output.metrics, content)
