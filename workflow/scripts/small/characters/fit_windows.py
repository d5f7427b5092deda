from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.files.model_files import save_model
from practical_dl.job.runtime import configure_tensorflow, job
from practical_dl.small.characters.parts import read_characters, read_words
from practical_dl.small.characters.samples import Samples
from practical_dl.small.characters.titles import WINDOWS

with job(snakemake) as log:
    params, output = snakemake.params, snakemake.output
    learned_by = {"characters": read_characters(params.text), "words": read_words(params.text)}
    from practical_dl.small.characters.fitting import fit_windows, predict_windows

    for place, (name, window) in enumerate(WINDOWS.items()):
        log.info(f"{name}: {window}")
        configure_tensorflow(params.seed)
        learned = learned_by[window.symbols]
        samples = Samples(learned, params.generated, params.seed, log)
        fitted = fit_windows(window, learned, params.settings, samples.add, params.seed, log)
        save_model(output.models[place], fitted.model)
        write_csv(output.histories[place], fitted.history)
        write_csv(output.generated[place], samples.frame())
        write_csv(output.held_out[place], predict_windows(fitted.model, window.length, learned))
        write_json(output.fits[place], fitted.description(name))
