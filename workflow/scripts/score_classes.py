from practical_dl.artefacts import write_json
from practical_dl.metrics import classification_scores, report
from practical_dl.predictions import read_class_predictions
from practical_dl.runtime import job

with job(snakemake):
    params = snakemake.params
    predicted = read_class_predictions(snakemake.input.predictions)
    scores = classification_scores(
        predicted.labels(), predicted.probabilities, predicted.groups, params.seed
    )
    content = report(
        params.model, params.part, predicted.ids, predicted.groups, scores, params.seed
    )
    write_json(snakemake.output.metrics, content)
