from practical_dl.files.artefacts import write_json
from practical_dl.images.sample.trainings import (
    paired_rows,
    read_runs,
    row_scores,
    setting_report,
    with_intervals,
)
from practical_dl.job.runtime import job
from practical_dl.scoring.metrics import report
from practical_dl.training.collapse import describe_collapse

MODELS = {"none": "conv1, no augmentation", "augmented": "conv1, swept augmentation"}

with job(snakemake) as log:
    params = snakemake.params
    runs = read_runs(snakemake.input.runs)
    for setting, model in MODELS.items():
        content = setting_report(runs, setting, model, "sample valid", params.seed)
        write_json(snakemake.output[setting], content)
        log.info(f"{model}: {describe_collapse(content['collapse'])}")
    paired = paired_rows(row_scores(runs, "augmented"), row_scores(runs, "none"))
    ids, groups = paired["id"].to_numpy(), paired["group"].to_numpy()
    scores = with_intervals(paired, params.seed)
    content = report("conv1", "swept minus no augmentation", ids, groups, scores, params.seed)
    write_json(snakemake.output.gain, content)
