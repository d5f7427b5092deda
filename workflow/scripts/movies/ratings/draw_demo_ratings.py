from pathlib import Path

from practical_dl.files.artefacts import write_json
from practical_dl.job.runtime import job
from practical_dl.movies.ratings.demo import write_demo

with job(snakemake):
    output = Path(snakemake.output.source)
    root = output.parent / "files"
    write_demo(root, **snakemake.params.demo)
    write_json(output, {"root": str(root)})
