from pathlib import Path

from practical_dl.artefacts import write_json
from practical_dl.runtime import job
from practical_dl.unpacking import unpack

with job(snakemake) as log:
    output = Path(snakemake.output.source)
    root = unpack(Path(snakemake.params.path), output.parent / "files", log)
    write_json(output, {"root": str(root)})
