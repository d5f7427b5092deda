from practical_dl.files.artefacts import write_csv
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.pictures.sampling import draw_sample
from practical_dl.images.pictures.splits import read_split
from practical_dl.job.runtime import job

with job(snakemake):
    params = snakemake.params
    manifest = read_manifest(snakemake.input.manifest)
    split = read_split(snakemake.input.split, manifest)
    there = split["role"].value_counts()
    train, valid = min(params.train, there["train"]), min(params.valid, there["valid"])
    write_csv(snakemake.output.sample, draw_sample(manifest, split, train, valid, params.seed))
