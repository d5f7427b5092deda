from practical_dl.files.artefacts import write_json
from practical_dl.job.runtime import job
from practical_dl.small.characters.parts import read_characters
from practical_dl.small.characters.scores import closing_report, closing_table, read_held_out
from practical_dl.small.characters.titles import OF_CHARACTERS

with job(snakemake):
    learned = read_characters(snakemake.params.text)
    for name, path, metrics in zip(
        OF_CHARACTERS, snakemake.input.held_out, snakemake.output.metrics, strict=True
    ):
        table = closing_table(read_held_out(path, learned), learned.names)
        write_json(metrics, closing_report(name, table, snakemake.params.seed))
