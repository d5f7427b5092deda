from pathlib import Path

from practical_dl.job.runtime import job
from practical_dl.sources import locations
from practical_dl.sources.downloads import download
from practical_dl.sources.kaggle import download_competition
from practical_dl.sources.publishers import WebFile

with job(snakemake) as log:
    target = Path(snakemake.output[0])
    source = locations.source_of_file(target.name)
    if isinstance(source, WebFile):
        download(source, target, log)
    else:
        download_competition(source.name, target.parent, log)
