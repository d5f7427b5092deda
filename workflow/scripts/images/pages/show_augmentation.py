from practical_dl.files.artefacts import read_benchmark_seconds, write_json
from practical_dl.images.augmentation.best_amounts import read_best_amounts
from practical_dl.images.augmentation.extremes import read_extremes
from practical_dl.images.augmentation.sweep import best_looking, read_evidence
from practical_dl.images.pages.augmentation import augmentation_page
from practical_dl.images.pages.augmentation_sweep import contact_sheet_figure, sweep_page
from practical_dl.images.pages.validation_size import Draws, validation_size_page
from practical_dl.images.pictures.manifest import commonest_share, read_manifest
from practical_dl.images.sample.reports import augmentation_reports
from practical_dl.images.sample.trainings import read_runs, read_setting_history, row_scores
from practical_dl.job.runtime import job
from practical_dl.report.page import write_page
from practical_dl.report.plotting import write_figure
from practical_dl.training.collapse import describe_collapse

with job(snakemake) as log:
    found, params, made = snakemake.input, snakemake.params, snakemake.output
    write_figure(made.contact_sheet, contact_sheet_figure(read_extremes(found.extremes)))
    evidence = read_evidence(found.evidence)
    seconds = {name: read_benchmark_seconds(path) for name, path in params.benchmarks}
    share = commonest_share(read_manifest(found.manifest))
    together = read_evidence(found.evidence_together)
    write_page(made.augmentation_sweep, sweep_page(evidence, together, seconds, share))
    reports = augmentation_reports(read_runs(found.runs), params.seed)
    for name, report in reports.items():
        write_json(made[name], report)
        if "collapse" in report:
            log.info(f"{report['model']}: {describe_collapse(report['collapse'])}")
    history, amounts = read_setting_history(found.history), read_best_amounts(found.best)
    write_page(made.augmentation, augmentation_page(reports, history, amounts))
    kind, level = best_looking(evidence)
    best = row_scores(read_runs(dict(zip(params.types, found.types, strict=True))[kind]), level)
    drawn, without = Draws(**params.validation_size), read_runs(found.none)
    page = validation_size_page(without, f"{kind} {level}", best, drawn, params.seed)
    write_page(made.validation_size, page)
