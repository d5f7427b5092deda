from practical_dl.files.artefacts import write_text
from practical_dl.images.pages.pseudo_pages import (
    checks,
    last_round,
    progress_shown,
    pseudo_answer,
    setting_table,
)
from practical_dl.images.pages.pseudo_plots import gains_by_setting, progress_figure
from practical_dl.images.plan.pseudo_labels import SHUFFLED, describe
from practical_dl.images.pseudo_labels.choice import Setting
from practical_dl.images.pseudo_labels.scores import read_progress, read_scores
from practical_dl.job.runtime import job
from practical_dl.report.page import heading, page, paragraph, picture, table

EXPLANATION = (
    "Every setting goes on from the same start for the same epochs, on the same true rows in the "
    "same batches; only what stands beside them differs. Of every fold that is held out, one "
    "half of the drivers may be the pool: predicted and trained on, its labels out of the job's "
    "reach. The other half was in no pool. Gains are paired on the same pictures, means over the "
    "seeds, with 95 % intervals over drivers, and positive where the setting is better; so many "
    "of the seeds agree on the gain in calibrated log loss and on that in accuracy. Shuffled "
    "labels show what soft labels do to the confidence alone, whatever they say; calibration "
    "takes that away: every setting at the temperature that is best on the other folds. A "
    "setting is named by its pool, the share of every batch that pseudo-labels fill, and their "
    "kind: soft (probabilities) or hard (classes). The box speaks of each pool's own setting, "
    "which the configuration gives beforehand; the variants beside it are in the table. The "
    "heads are small and shortly trained, so that many settings can be compared. In the ladder "
    "and the table of scores a setting's seeds predict together, by the mean of their "
    "probabilities: better scores, and other gains, than here."
)

with job(snakemake):
    scores = read_scores(snakemake.input.scores)
    progress = read_progress(snakemake.input.progress)
    settings = [Setting(**record) for record in snakemake.params.settings]
    last = last_round(scores)
    names = {setting.name: describe(setting) for setting in settings}
    compared = {name: text for name, text in names.items() if name != "none"}
    plain = {
        setting.name: names[setting.name]
        for setting in settings
        if setting.name == setting.pool or setting.name.endswith(SHUFFLED)
    }
    blocks = [
        picture(gains_by_setting(last, compared), "What each setting gives over the control"),
        *(paragraph(sentence) for sentence in checks(last, settings)),
        paragraph(EXPLANATION),
        table(setting_table(last, settings)),
        heading("Round by round"),
        picture(progress_figure(scores, progress, plain), "Scores and labels by round"),
        table(progress_shown(progress, compared)),
    ]
    title = "Do pseudo-labels help, beyond the same epochs without them?"
    write_text(snakemake.output.page, page(title, pseudo_answer(last, settings), blocks))
