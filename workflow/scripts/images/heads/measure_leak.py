from practical_dl.files.artefacts import write_json
from practical_dl.files.predictions import read_class_predictions
from practical_dl.job.runtime import job
from practical_dl.scoring.leak import leak_scores
from practical_dl.scoring.metrics import report

with job(snakemake):
    params = snakemake.params
    grouped = read_class_predictions(snakemake.input.grouped)
    random = read_class_predictions(snakemake.input.random)
    scores = leak_scores(random, grouped, params.seed)
    part = "random minus grouped split"
    content = report(params.model, part, grouped.ids, grouped.groups, scores, params.seed)
    write_json(snakemake.output.metrics, content)
