from pathlib import Path

from practical_dl.artefacts import write_json
from practical_dl.movies.demo import write_demo
from practical_dl.runtime import job

with job(snakemake):
    params = snakemake.params
    output = Path(snakemake.output.source)
    root = output.parent / "files"
    write_demo(root, params.users, params.movies, params.ratings, params.seed)
    write_json(output, {"root": str(root)})
