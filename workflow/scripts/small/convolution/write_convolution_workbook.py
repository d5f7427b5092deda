from practical_dl.files.workbooks import write_workbook
from practical_dl.job.runtime import job
from practical_dl.small.convolution.digit import draw_seven
from practical_dl.small.convolution.network import weights_of_variants
from practical_dl.small.convolution.workbook import convolution_workbook

with job(snakemake):
    seven = draw_seven()
    weights = weights_of_variants(snakemake.params.filters, len(seven), snakemake.params.seed)
    write_workbook(snakemake.output.workbook, convolution_workbook(seven, weights))
