from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.files.model_files import save_model
from practical_dl.job.runtime import configure_tensorflow, job
from practical_dl.small.characters.parts import read_characters
from practical_dl.small.characters.samples import Samples

with job(snakemake) as log:
    params, output = snakemake.params, snakemake.output
    kind = snakemake.wildcards.recurrent
    learned = read_characters(params.text)
    samples = Samples(learned, params.generated, params.seed, log)
    configure_tensorflow(params.seed)
    from practical_dl.small.characters.fitting import fit_recurrent, predict_recurrent

    fitted = fit_recurrent(kind, learned, params.settings, samples.add, log)
    save_model(output.model, fitted.model)
    write_csv(output.history, fitted.history)
    write_csv(output.generated, samples.frame())
    write_csv(output.held_out, predict_recurrent(fitted.model, learned))
    write_json(output.fit, fitted.description(kind))
