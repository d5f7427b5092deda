import pandas as pd

from practical_dl.files.artefacts import read_benchmark_seconds, write_text
from practical_dl.images.augmentation.sweep import TOGETHER, read_evidence
from practical_dl.images.pages.augmentation_answers import sweep_answer, sweep_table
from practical_dl.images.pages.sample_pages import question_page
from practical_dl.images.pages.sample_plots import sweep_figure
from practical_dl.images.pictures.changes import UNITS
from practical_dl.images.pictures.manifest import commonest_share, read_manifest
from practical_dl.job.runtime import job
from practical_dl.report.wording import guessing

MADE_OF = (
    "The network is the one of two convolutions (conv1) on reduced pictures, shortly trained, so "
    "all its scores are lower than on other pages (augmentation in the configuration)."
)

with job(snakemake):
    params = snakemake.params
    alone = read_evidence(snakemake.input.evidence)
    together = read_evidence(snakemake.input.together)
    any_chosen = bool(alone["chosen"].any())
    evidence = pd.concat([alone, together], ignore_index=True) if any_chosen else alone
    benchmarks = zip(params.types, params.benchmarks, strict=True)
    seconds = {name: read_benchmark_seconds(path) for name, path in benchmarks}
    seconds[TOGETHER] = read_benchmark_seconds(params.benchmark_together)
    chance = guessing(commonest_share(read_manifest(snakemake.input.manifest)))
    page = question_page(
        "Which augmentation helps on drivers that the model never saw, and how much of it?",
        f"{sweep_answer(alone, together)} {MADE_OF} {chance}",
        sweep_figure(evidence, {**UNITS, TOGETHER: "times the chosen levels"}),
        "Gain over no augmentation, by type and level",
        sweep_table(evidence, seconds),
    )
    write_text(snakemake.output.page, page)
