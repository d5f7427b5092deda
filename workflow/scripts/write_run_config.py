from practical_dl.artefacts import write_text
from practical_dl.runtime import job

with job(snakemake):
    write_text(snakemake.output[0], snakemake.params.config)
