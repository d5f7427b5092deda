from pathlib import Path

from practical_dl.files.artefacts import write_json
from practical_dl.images.demo.photos import write_demo
from practical_dl.job.runtime import job

with job(snakemake) as log:
    output = Path(snakemake.output.source)
    root = output.parent / "files"
    write_demo(root, **snakemake.params.demo, log=log)
    write_json(output, {"root": str(root)})
