from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.files.model_files import save_model
from practical_dl.job.runtime import configure_tensorflow, job
from practical_dl.small.characters.parts import learned_by_model
from practical_dl.small.characters.samples import Samples

with job(snakemake) as log:
    params, output = snakemake.params, snakemake.output
    settings, seed = params.settings, params.seed
    batch = max(settings[kind]["rows"] * settings[kind]["length"] for kind in ("rnn", "lstm"))
    texts = learned_by_model(params.text, batch)
    from practical_dl.small.characters.fitting import fit_model

    for place, (name, learned) in enumerate(texts.items()):
        log.info(name)
        configure_tensorflow(seed)
        samples = Samples(learned, settings["generated"], seed, log)
        fitted, held_out = fit_model(name, learned, settings, samples.add, seed, log)
        save_model(output.models[place], fitted.model)
        write_csv(output.histories[place], fitted.history)
        write_csv(output.generated[place], samples.frame())
        write_csv(output.held_out[place], held_out)
        write_json(output.fits[place], fitted.description(name))
