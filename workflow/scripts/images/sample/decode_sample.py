from pathlib import Path

from practical_dl.files.artefacts import read_json
from practical_dl.images.pictures.loading import read_images
from practical_dl.images.pictures.manifest import class_names, read_manifest
from practical_dl.images.pictures.sampling import read_sample
from practical_dl.images.pictures.splits import read_split
from practical_dl.images.sample.store import sample_rows, write_sample
from practical_dl.job.runtime import job

with job(snakemake) as log:
    size = tuple(snakemake.params.input_size)
    root = Path(read_json(snakemake.input.source, ["root"])["root"])
    manifest = read_manifest(snakemake.input.manifest)
    sample = read_sample(snakemake.input.sample, read_split(snakemake.input.split, manifest))
    drawn = manifest[manifest["image_id"].isin(sample["image_id"])].reset_index(drop=True)
    rows = sample_rows(drawn, sample, snakemake.params.seed)
    blocks = read_images(root, drawn, size, snakemake.threads)
    pictures = (block for _, block in log.track(blocks, -(-len(drawn) // 64), "blocks"))
    write_sample(snakemake.output.pictures, rows, class_names(manifest), size, pictures)
