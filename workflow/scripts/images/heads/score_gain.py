from practical_dl.files.artefacts import write_json
from practical_dl.files.predictions import read_class_predictions
from practical_dl.job.runtime import job
from practical_dl.scoring.gain import gain_scores
from practical_dl.scoring.metrics import report

with job(snakemake):
    params = snakemake.params
    technique = read_class_predictions(snakemake.input.technique)
    control = read_class_predictions(snakemake.input.control)
    scores = gain_scores(technique, control, params.seed)
    content = report(params.model, params.part, control.ids, control.groups, scores, params.seed)
    write_json(snakemake.output.metrics, content)
