from pathlib import Path

from practical_dl import locations
from practical_dl.downloads import download
from practical_dl.kaggle import download_competition
from practical_dl.publishers import WebFile
from practical_dl.runtime import job

with job(snakemake) as log:
    target = Path(snakemake.output[0])
    source = locations.source_of_file(target.name)
    if isinstance(source, WebFile):
        download(source, target, log)
    else:
        download_competition(source.name, target.parent, log)
