from pathlib import Path

from practical_dl.files.artefacts import write_json
from practical_dl.files.unpacking import unpack
from practical_dl.job.runtime import job

with job(snakemake) as log:
    output = Path(snakemake.output.source)
    path, needed = Path(snakemake.params.path), snakemake.params.needed
    root = unpack(path, output.parent / "files", needed, log)
    write_json(output, {"root": str(root)})
