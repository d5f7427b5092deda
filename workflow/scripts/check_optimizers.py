from practical_dl.artefacts import write_csv
from practical_dl.runtime import configure_tensorflow, job

with job(snakemake):
    configure_tensorflow(seed=0)
    from practical_dl.optimizers.keras_check import check_all

    write_csv(snakemake.output.check, check_all(snakemake.params.papers))
