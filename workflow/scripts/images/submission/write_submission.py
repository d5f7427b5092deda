from pathlib import Path

from practical_dl.files.artefacts import read_json, write_csv, write_json
from practical_dl.files.predictions import read_class_predictions
from practical_dl.images.submission.estimate import estimate, estimate_sentence
from practical_dl.images.submission.submission import (
    check_submission,
    make_submission,
    read_submission,
)
from practical_dl.job.runtime import job

with job(snakemake) as log:
    params = snakemake.params
    root = Path(read_json(snakemake.input.source, ["root"])["root"])
    predicted = read_class_predictions(snakemake.input.predictions)
    sample = read_submission(root / params.sample) if params.sample else None
    submission = make_submission(
        predicted.probabilities,
        predicted.ids,
        predicted.classes,
        params.floor,
        sample,
        params.positive,
    )
    output = Path(snakemake.output.submission)
    write_csv(output, submission)
    check_submission(read_submission(output), sample, output)
    metrics = read_json(snakemake.input.metrics, ["model", "part", "seed"])
    scored = read_class_predictions(snakemake.input.scored)
    expected = estimate(
        metrics["model"], metrics["part"], scored, params.floor, params.test_groups, metrics["seed"]
    )
    log.show(f"{output}: {estimate_sentence(expected)}")
    write_json(snakemake.output.estimate, expected)
