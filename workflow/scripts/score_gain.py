from practical_dl.artefacts import write_json
from practical_dl.images.gain import gain_scores
from practical_dl.metrics import report
from practical_dl.predictions import read_class_predictions
from practical_dl.runtime import job

with job(snakemake):
    params = snakemake.params
    technique = read_class_predictions(snakemake.input.technique)
    control = read_class_predictions(snakemake.input.control)
    scores = gain_scores(technique, control, params.seed)
    content = report(params.model, params.part, control.ids, control.groups, scores, params.seed)
    write_json(snakemake.output.metrics, content)
