from practical_dl.artefacts import read_benchmark_seconds, write_text
from practical_dl.images.augmentation import UNITS
from practical_dl.images.augmentation_answers import sweep_answer, sweep_table
from practical_dl.images.sample_pages import question_page
from practical_dl.images.sample_plots import sweep_figure
from practical_dl.images.sweep import read_evidence
from practical_dl.runtime import job

with job(snakemake):
    evidence = read_evidence(snakemake.input.evidence)
    benchmarks = zip(snakemake.params.types, snakemake.params.benchmarks, strict=True)
    seconds = {name: read_benchmark_seconds(path) for name, path in benchmarks}
    page = question_page(
        "Which augmentation helps on drivers that the model never saw, and how much of it?",
        sweep_answer(evidence),
        sweep_figure(evidence, UNITS),
        sweep_table(evidence, seconds),
    )
    write_text(snakemake.output.page, page)
