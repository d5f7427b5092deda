from pathlib import Path

from practical_dl.artefacts import read_json, write_csv, write_json
from practical_dl.images.submission import check_submission, make_submission, read_submission
from practical_dl.predictions import read_class_predictions
from practical_dl.runtime import job
from practical_dl.wording import nats, share

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
    estimate = read_json(snakemake.input.metrics, ["model", "part", "scores", "interval"])
    scores = estimate["scores"]
    log.show(
        f"{output}: {estimate['model']}; expected log loss {nats(scores['log_loss'])}, accuracy "
        f"{share(scores['accuracy'])}, from {estimate['part']} ({estimate['interval']})"
    )
    write_json(snakemake.output.estimate, {k: v for k, v in estimate.items() if k != "version"})
