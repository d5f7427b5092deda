from pathlib import Path

from practical_dl.artefacts import save_model, write_json
from practical_dl.images import backbones
from practical_dl.images.manifest import read_manifest
from practical_dl.runtime import configure_tensorflow, job

with job(snakemake) as log:
    configure_tensorflow(snakemake.params.seed)
    params = snakemake.params
    network = backbones.build(params.application, params.input_size, params.alpha)
    if params.weights != "random":
        backbones.load_weights(network, Path(params.weights_file), params.layer)
    model = backbones.cut(network, params.application, params.layer)
    images = len(read_manifest(snakemake.input.manifest))
    log.show(backbones.storage_cost(model.output_shape[1:], images))
    save_model(snakemake.output.model, model)
    write_json(
        snakemake.output.description,
        backbones.describe(model, params.layer, params.weights, params.input_size),
    )
