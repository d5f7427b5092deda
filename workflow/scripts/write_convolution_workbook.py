from practical_dl.convolution.digit import draw_seven
from practical_dl.convolution.network import weights_of_variants
from practical_dl.convolution.workbook import convolution_workbook
from practical_dl.runtime import job
from practical_dl.workbooks import write_workbook

with job(snakemake):
    seven = draw_seven()
    weights = weights_of_variants(snakemake.params.filters, len(seven), snakemake.params.seed)
    write_workbook(snakemake.output.workbook, convolution_workbook(seven, weights))
