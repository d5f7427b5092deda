from practical_dl.files.artefacts import write_csv
from practical_dl.images.pictures.loading import BLOCK_ROWS, read_images, source_root
from practical_dl.images.pictures.manifest import class_names, read_manifest
from practical_dl.images.pictures.sampling import draw_sample, there_at_most
from practical_dl.images.pictures.splits import read_split
from practical_dl.images.sample.store import sample_rows, write_sample
from practical_dl.job.runtime import job

with job(snakemake) as log:
    found, params, made = snakemake.input, snakemake.params, snakemake.output
    manifest = read_manifest(found.manifest)
    split = read_split(found.split, manifest)
    train, valid = there_at_most(split, params.train, params.sample["valid"])
    sample = draw_sample(manifest, split, train, valid, params.seed)
    write_csv(made.sample, sample)
    drawn = manifest[manifest["image_id"].isin(sample["image_id"])].reset_index(drop=True)
    rows = sample_rows(drawn, sample, params.seed)
    size = tuple(params.sample["input_size"])
    blocks = read_images(source_root(found.source), drawn, size, snakemake.threads)
    tracked = log.track(blocks, -(-len(drawn) // BLOCK_ROWS), "blocks")
    pictures = (block for _, block in tracked)
    write_sample(made.pictures, rows, class_names(manifest), size, pictures)
