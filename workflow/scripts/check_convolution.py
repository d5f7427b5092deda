import pandas as pd

from practical_dl.artefacts import write_csv, write_json
from practical_dl.convolution.digit import draw_seven
from practical_dl.convolution.network import activations, weights_of_variants
from practical_dl.runtime import configure_tensorflow, job

with job(snakemake):
    configure_tensorflow(seed=0)
    from practical_dl.convolution.keras_check import check_variant
    from practical_dl.convolution.lesson_networks import NETWORKS
    from practical_dl.keras_graphs import graph_of

    seven = draw_seven()
    variants = weights_of_variants(snakemake.params.filters, len(seven), snakemake.params.seed)
    checks = [
        check_variant(seven, weights, variant, activations(seven, weights, variant))
        for variant, weights in variants.items()
    ]
    write_csv(snakemake.output.check, pd.concat(checks))
    graphs = {title: graph_of(build()) for title, build in NETWORKS.items()}
    write_json(snakemake.output.networks, {"graphs": graphs})
