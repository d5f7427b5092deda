from practical_dl.images.sample_store import read_sample_pictures
from practical_dl.plotting import write_figure
from practical_dl.runtime import job

with job(snakemake):
    from practical_dl.images.contact_sheet import contact_sheet_figure

    sample = read_sample_pictures(snakemake.input.pictures)
    levels = dict(zip(snakemake.params.types, snakemake.params.levels, strict=True))
    write_figure(snakemake.output.plot, contact_sheet_figure(sample.pictures[0], levels))
