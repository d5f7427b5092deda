from practical_dl.files.artefacts import write_json
from practical_dl.images.sample.trainings import read_runs, row_scores, setting_report
from practical_dl.job.runtime import job
from practical_dl.scoring.leak import leak_of_rows
from practical_dl.scoring.metrics import report
from practical_dl.training.collapse import describe_collapse

with job(snakemake) as log:
    params = snakemake.params
    runs = read_runs(snakemake.input.runs)
    for split in ("grouped", "random"):
        part = f"sample valid ({split} split)"
        content = setting_report(runs, split, params.model, part, params.seed)
        write_json(snakemake.output[split], content)
        log.info(f"{split} split: {describe_collapse(content['collapse'])}")
    grouped = row_scores(runs, "grouped")
    scores = leak_of_rows(row_scores(runs, "random"), grouped, params.seed)
    part = "sample, random minus grouped split"
    ids, groups = grouped["id"].to_numpy(), grouped["group"].to_numpy()
    write_json(snakemake.output.leak, report(params.model, part, ids, groups, scores, params.seed))
