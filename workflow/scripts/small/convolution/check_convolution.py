import pandas as pd

from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.job.runtime import configure_tensorflow, job
from practical_dl.small.convolution.digit import draw_seven
from practical_dl.small.convolution.network import activations, weights_of_variants

with job(snakemake):
    configure_tensorflow(seed=0)
    from practical_dl.report.keras_graphs import graph_of
    from practical_dl.small.convolution.keras_check import check_variant
    from practical_dl.small.convolution.lesson_networks import NETWORKS

    seven = draw_seven()
    variants = weights_of_variants(snakemake.params.filters, len(seven), snakemake.params.seed)
    checks = [
        check_variant(seven, weights, variant, activations(seven, weights, variant))
        for variant, weights in variants.items()
    ]
    write_csv(snakemake.output.check, pd.concat(checks))
    graphs = {title: graph_of(build()) for title, build in NETWORKS.items()}
    write_json(snakemake.output.networks, {"graphs": graphs})
