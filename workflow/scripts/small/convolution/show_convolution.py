from practical_dl.files.artefacts import read_csv, read_json, write_text
from practical_dl.job.runtime import job
from practical_dl.small.convolution.digit import draw_seven
from practical_dl.small.convolution.network import CHECK_COLUMNS, activations, weights_of_variants
from practical_dl.small.convolution.report_page import convolution_page

CHECK_TYPES = {"numbers": int, "parameters": int, "largest_difference": float}

with job(snakemake):
    seven = draw_seven()
    weights = weights_of_variants(snakemake.params.filters, len(seven), snakemake.params.seed)
    layers = {variant: activations(seven, own, variant) for variant, own in weights.items()}
    check = read_csv(snakemake.input.check, CHECK_COLUMNS, CHECK_TYPES)
    networks = read_json(snakemake.input.networks, ["graphs"])["graphs"]
    write_text(snakemake.output.page, convolution_page(weights, layers, check, networks))
