from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.about import read_about
from practical_dl.reviews.ensemble.ensemble import weigh_models, weights_report
from practical_dl.reviews.models.runs import read_runs

with job(snakemake) as log:
    params, output = snakemake.params, snakemake.output
    classes = read_about(snakemake.input.about).classes
    runs = {
        role: {
            member: read_runs(path, classes)
            for member, path in zip(params.members, snakemake.input[role], strict=True)
        }
        for role in ("valid", "test")
    }
    weighed = weigh_models(runs, params.without, params.seed)
    for place, found in enumerate(weighed.values()):
        for role, frame in found.frames.items():
            write_csv(output[role][place], frame)
    report = weights_report(params.members, weighed)
    counted = {name: weight for name, weight in report["weights"].items() if weight > 0}
    log.show(", ".join(f"{name} {weight:.2f}" for name, weight in counted.items()))
    write_json(output.weights, report)
