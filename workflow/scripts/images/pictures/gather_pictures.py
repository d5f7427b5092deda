from pathlib import Path

from practical_dl.files.artefacts import write_json
from practical_dl.files.unpacking import gather
from practical_dl.job.runtime import job

with job(snakemake) as log:
    output = Path(snakemake.output.source)
    parts = {name: Path(path) for name, path in snakemake.params.parts.items()}
    root = gather(parts, output.parent / "files", log)
    write_json(output, {"root": str(root)})
