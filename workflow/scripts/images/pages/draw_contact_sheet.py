from practical_dl.images.sample.store import read_sample_pictures
from practical_dl.job.runtime import configure_tensorflow, job
from practical_dl.report.plotting import write_figure

with job(snakemake):
    configure_tensorflow(seed=0)
    from practical_dl.images.pages.contact_sheet import contact_sheet_figure

    sample = read_sample_pictures(snakemake.input.pictures)
    levels = dict(zip(snakemake.params.types, snakemake.params.levels, strict=True))
    write_figure(snakemake.output.plot, contact_sheet_figure(sample.pictures[0], levels))
