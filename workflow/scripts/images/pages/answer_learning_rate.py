from practical_dl.files.artefacts import write_text
from practical_dl.images.pages.sample_answers import (
    class_shares,
    rate_lesson_answer,
    rate_lesson_table,
)
from practical_dl.images.pages.sample_pages import question_page
from practical_dl.images.pages.sample_plots import rate_lesson_figure
from practical_dl.images.sample.trainings import (
    read_runs,
    read_setting_history,
    setting_report,
    settings_of,
)
from practical_dl.job.runtime import job

with job(snakemake):
    runs = read_runs(snakemake.input.runs)
    reports = {
        setting: setting_report(runs, setting, "linear", "sample valid", snakemake.params.seed)
        for setting in settings_of(runs)
    }
    shares = {setting: class_shares(runs, setting) for setting in reports}
    history = read_setting_history(snakemake.input.history)
    page = question_page(
        "What does too high a first learning rate do to the simplest model?",
        rate_lesson_answer(reports),
        rate_lesson_figure(history, shares, runs.classes),
        "Training loss by epoch, and how the predictions are spread over the classes at the end",
        rate_lesson_table(reports),
    )
    write_text(snakemake.output.page, page)
