from practical_dl.files.artefacts import read_json, write_text
from practical_dl.images.ensemble.ablation import read_ablation
from practical_dl.images.pages.head_pages import ablation_answer, ablation_table, tuned_table
from practical_dl.images.pages.head_plots import ablation_figure
from practical_dl.job.runtime import job
from practical_dl.report.page import heading, page, paragraph, picture, table

EXPLANATION = (
    "Each row adds one step to the row above; gains are paired on the same pictures, with 95 % "
    "intervals over groups, and positive where the step helps; below a harmful row a gain can be "
    "that harm taken back. Whatever a step tunes for a fold, it tunes on the other folds. The "
    "last column is the whole chain without that step, minus the whole chain; a step that is "
    "left out is scored on top of the whole chain. Averaging over the folds' models happens on "
    "test pictures only and cannot be measured here."
)
STEPS = (
    "Best head: the selected head, trained once, in place of the linear model. Seeds: the mean "
    "of several trainings. Ensemble: the mean of all heads. Neighbours: each picture answers "
    "together with its nearest pictures. Weights: a weight for each head. Balance: a class that "
    "is predicted too often in a whole part is lowered, until each has its share. Temperature: "
    "all logarithms divided by one number, so that the model is as sure as it is right. Clip: no "
    "probability below a floor."
)

with job(snakemake):
    steps = read_ablation(snakemake.input.ablation)
    tuned = read_json(snakemake.input.tuned, ["weights", "balance"])
    blocks = [
        picture(ablation_figure(steps), "Log loss after each step, and what each step gains"),
        paragraph(EXPLANATION),
        paragraph(STEPS),
        table(ablation_table(steps)),
        heading("What the chain chose for the test pictures"),
        table(tuned_table(tuned)),
    ]
    title = "What does each step from one linear model to the whole chain give?"
    write_text(snakemake.output.page, page(title, ablation_answer(steps), blocks))
