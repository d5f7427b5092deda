from pathlib import Path

from practical_dl.files.artefacts import write_json
from practical_dl.images.pictures.loading import source_root
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.submission.submission import read_submission, require_fit
from practical_dl.job.runtime import job

with job(snakemake):
    params = snakemake.params
    sample = read_submission(source_root(snakemake.input.source) / params.sample)
    manifest = read_manifest(snakemake.input.manifest)
    ids = list(manifest["image_id"][manifest["split"] == "test"])
    classes = sorted(set(manifest["label"]) - {""})
    asked, names = params.submission, params.label_names and Path(params.label_names)
    answer = require_fit(sample, ids, classes, asked["answer"], asked["positive"], names)
    content = {"answer": answer, "images": len(ids), "columns": list(sample.columns)}
    write_json(snakemake.output.checked, content)
