from practical_dl.files.artefacts import write_json
from practical_dl.files.predictions import read_class_predictions
from practical_dl.job.runtime import job
from practical_dl.scoring.metrics import classification_scores, report
from practical_dl.training.collapse import collapse_check, describe_collapse

with job(snakemake) as log:
    params = snakemake.params
    predicted = read_class_predictions(snakemake.input.predictions)
    labels = predicted.labels()
    scores = classification_scores(labels, predicted.probabilities, predicted.groups, params.seed)
    check = collapse_check(predicted.probabilities, labels)
    content = report(
        params.model, params.part, predicted.ids, predicted.groups, scores, params.seed
    )
    write_json(snakemake.output.metrics, {**content, "collapse": check})
    log.info(describe_collapse(check))
