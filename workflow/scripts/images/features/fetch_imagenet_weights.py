from pathlib import Path

from practical_dl.files.model_files import save_weights
from practical_dl.job.runtime import configure_tensorflow, job

with job(snakemake) as log:
    configure_tensorflow(seed=0)
    from practical_dl.images.features.imagenet import fetch

    application, alpha = snakemake.wildcards.application, float(snakemake.wildcards.alpha)
    network = fetch(application, alpha, Path(snakemake.output.weights).parent, log)
    save_weights(snakemake.output.weights, network)
