from practical_dl.files.artefacts import write_csv
from practical_dl.job.runtime import configure_tensorflow, job

with job(snakemake):
    configure_tensorflow(seed=0)
    from practical_dl.small.optimizers.keras_check import check_all

    write_csv(snakemake.output.check, check_all(snakemake.params.papers))
