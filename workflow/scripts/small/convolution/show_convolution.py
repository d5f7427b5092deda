from practical_dl.files.artefacts import read_csv, read_json
from practical_dl.files.workbooks import write_workbook
from practical_dl.job.runtime import job
from practical_dl.report.page import write_page
from practical_dl.small.convolution.network import CHECK_TYPES, by_hand
from practical_dl.small.convolution.report_page import convolution_page
from practical_dl.small.convolution.workbook import convolution_workbook

with job(snakemake):
    lesson = by_hand(**snakemake.params.settings)
    check = read_csv(snakemake.input.check, list(CHECK_TYPES), CHECK_TYPES)
    networks = read_json(snakemake.input.networks, ["graphs"])["graphs"]
    write_page(snakemake.output.page, convolution_page(lesson, check, networks))
    workbook = convolution_workbook(lesson.picture, lesson.weights)
    write_workbook(snakemake.output.workbook, workbook)
