from practical_dl.files.artefacts import write_json
from practical_dl.job.runtime import job
from practical_dl.small.characters.parts import read_characters, read_words
from practical_dl.small.characters.scores import loss_report, read_held_out
from practical_dl.small.characters.titles import OF_CHARACTERS, TITLES

with job(snakemake):
    params = snakemake.params
    characters, words = read_characters(params.text), read_words(params.text)
    for name, held_out, metrics in zip(
        TITLES, snakemake.input.held_out, snakemake.output.metrics, strict=True
    ):
        learned, unit = (characters, "character") if name in OF_CHARACTERS else (words, "word")
        write_json(metrics, loss_report(name, unit, read_held_out(held_out, learned), params.seed))
