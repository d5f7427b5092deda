from pathlib import Path

from practical_dl.files.artefacts import write_json
from practical_dl.job.runtime import job
from practical_dl.movies.ratings.demo import write_demo

with job(snakemake):
    params = snakemake.params
    output = Path(snakemake.output.source)
    root = output.parent / "files"
    write_demo(root, params.users, params.movies, params.ratings, params.seed)
    write_json(output, {"root": str(root)})
