from practical_dl.files.artefacts import write_json
from practical_dl.files.predictions import read_value_predictions
from practical_dl.job.runtime import job
from practical_dl.scoring.metrics import rating_scores, report

with job(snakemake):
    seed = snakemake.params.seed
    for place, model in enumerate(snakemake.params.models):
        predicted = read_value_predictions(snakemake.input.predictions[place])
        ids, groups = predicted["id"].to_numpy(), predicted["group"].to_numpy()
        true, prediction = predicted["true"].to_numpy(), predicted["prediction"].to_numpy()
        scores = rating_scores(true, prediction, groups, seed)
        content = report(model, "valid", ids, groups, scores, seed)
        write_json(snakemake.output.metrics[place], content)
