import yaml

from practical_dl.files.artefacts import write_text
from practical_dl.job.runtime import job

with job(snakemake):
    write_text(snakemake.output[0], yaml.safe_dump(snakemake.config, sort_keys=True))
