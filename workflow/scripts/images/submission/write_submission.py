from pathlib import Path

from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.files.predictions import read_class_predictions
from practical_dl.images.pictures.loading import source_root
from practical_dl.images.submission import submission
from practical_dl.images.submission.estimate import estimate, estimate_sentence
from practical_dl.images.submission.labels import asks_for_labels, class_codes
from practical_dl.job.runtime import job

with job(snakemake) as log:
    params, found, output = snakemake.params, snakemake.input, snakemake.output
    root, asked = source_root(found.source), params.submission
    sample = submission.read_submission(root / params.sample) if params.sample else None
    for number, model in enumerate(params.models):
        predicted = read_class_predictions(found.predictions[number])
        written, path = Path(output.submissions[number]), output.estimates[number]
        values, ids, classes = predicted.probabilities, list(predicted.ids), predicted.classes
        if sample is not None and asks_for_labels(sample, classes, asked["answer"]):
            codes = class_codes(classes, sample, params.label_names and Path(params.label_names))
            content = submission.make_label_submission(values, ids, classes, sample, codes)
            write_csv(written, content)
            read = submission.read_submission(written)
            submission.check_label_submission(read, sample, codes, written)
        else:
            content = submission.make_submission(
                values, ids, classes, model["floor"], sample, asked["positive"]
            )
            write_csv(written, content)
            submission.check_submission(submission.read_submission(written), sample, written)
        scored = read_class_predictions(found.scored[number])
        groups = asked["test_groups"]
        expected = estimate(**model, predicted=scored, test_groups=groups, seed=params.seed)
        log.show(f"{written}: {estimate_sentence(expected)}")
        write_json(path, expected)
