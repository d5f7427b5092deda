from practical_dl.files.artefacts import write_csv
from practical_dl.images.augmentation.cross_validated import Sweep, cross_validated_runs
from practical_dl.images.augmentation.sweep import settings_of_type
from practical_dl.images.sample.store import read_sample_pictures
from practical_dl.job.runtime import job

with job(snakemake) as log:
    params = snakemake.params
    sample = read_sample_pictures(snakemake.input.pictures)
    settings = settings_of_type(snakemake.wildcards.augmentation, params.levels)
    sweep = Sweep(**params.sweep, batch_size=params.batch_size)
    runs = cross_validated_runs(sample, settings, sweep, params.seed, log)
    write_csv(snakemake.output.runs, runs)
