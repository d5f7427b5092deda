from practical_dl.files.artefacts import read_json, write_text
from practical_dl.job.runtime import job
from practical_dl.small.characters.parts import read_characters, read_words
from practical_dl.small.characters.report_page import characters_page, epochs_page
from practical_dl.small.characters.samples import read_samples
from practical_dl.small.characters.scores import (
    closing_table,
    fit_table,
    frequency_nats,
    read_held_out,
)
from practical_dl.small.characters.sequences import scored
from practical_dl.small.characters.titles import OF_CHARACTERS, TITLES
from practical_dl.training.fit import read_history


def by_model(paths, read):
    return {name: read(path) for name, path in zip(TITLES, paths, strict=True)}


with job(snakemake):
    params, dataset = snakemake.params, snakemake.wildcards.dataset
    learned, words = read_characters(params.text), read_words(params.text)
    held_out = {
        name: read_held_out(path, learned if name in OF_CHARACTERS else words)
        for name, path in zip(TITLES, snakemake.input.held_out, strict=True)
    }
    closing = {
        name: closing_table(held_out[name], learned.names)
        for name in OF_CHARACTERS
        if params.has_tags
    }
    histories = by_model(snakemake.input.histories, read_history)
    samples = by_model(snakemake.input.generated, read_samples)
    fits = fit_table(by_model(snakemake.input.fits, read_json))
    known = frequency_nats(learned.train, scored(learned.held_out), len(learned.names))
    page = characters_page(dataset, held_out, closing, histories, fits, known, params.seed)
    write_text(snakemake.output.page, page)
    write_text(snakemake.output.epochs, epochs_page(dataset, samples, histories, params.has_tags))
