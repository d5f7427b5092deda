from practical_dl.artefacts import write_json
from practical_dl.images.leak import leak_scores
from practical_dl.metrics import report
from practical_dl.predictions import read_class_predictions
from practical_dl.runtime import job

with job(snakemake):
    params = snakemake.params
    grouped = read_class_predictions(snakemake.input.grouped)
    random = read_class_predictions(snakemake.input.random)
    scores = leak_scores(random, grouped, params.seed)
    part = "random minus grouped split"
    content = report(params.model, part, grouped.ids, grouped.groups, scores, params.seed)
    write_json(snakemake.output.metrics, content)
