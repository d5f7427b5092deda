from dataclasses import replace

from practical_dl.files.artefacts import read_csv, read_json, write_json
from practical_dl.images.pages.baselines import Baseline, baselines_page, memorisation_page
from practical_dl.images.pages.batch_norm_statistics import statistics_page
from practical_dl.images.pages.learning_curves import learning_curves_page
from practical_dl.images.pages.learning_rates import first_rate_page, rate_range_page
from practical_dl.images.pictures.class_meanings import named
from practical_dl.images.sample.reports import baseline_reports
from practical_dl.images.sample.statistics_study import read_statistics
from practical_dl.images.sample.trainings import read_runs, read_setting_history
from practical_dl.job.runtime import job
from practical_dl.report.page import write_page
from practical_dl.training.collapse import describe_collapse

RANGES = {"rate": float, "loss": float}

with job(snakemake) as log:
    found, params, made = snakemake.input, snakemake.params, snakemake.output
    models = {}
    for place, name in enumerate(params.models):
        models[name] = Baseline(
            read_json(found.models[place], ["parameters"])["parameters"],
            read_setting_history(found.histories[place]),
            baseline_reports(name, read_runs(found.runs[place]), params.seed),
        )
        for kind, report in models[name].reports.items():
            write_json(made[kind][place], report)
            if "collapse" in report:
                log.info(f"{name}, {kind} split: {describe_collapse(report['collapse'])}")
    write_page(made.baselines, baselines_page(models))
    write_page(made.memorisation, memorisation_page(models))
    lesson, history = read_runs(found.lesson_runs), read_setting_history(found.lesson_history)
    lesson = replace(lesson, classes=named(lesson.classes, params.class_names))
    write_page(made.learning_rate, first_rate_page(lesson, history, params.seed))
    ranges = read_csv(found.ranges, ["model", *RANGES], RANGES)
    write_page(made.learning_rate_range, rate_range_page(ranges))
    write_page(made.batch_norm_statistics, statistics_page(read_statistics(found.statistics)))
    curves = dict(zip(params.axes, map(read_runs, found.curves), strict=True))
    write_page(made.learning_curves, learning_curves_page(curves, params.seed))
