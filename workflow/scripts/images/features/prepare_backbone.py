from pathlib import Path

from practical_dl.files.artefacts import write_bytes, write_json
from practical_dl.files.model_files import save_model
from practical_dl.images.features import backbones
from practical_dl.images.features.inference import choose_engine, choose_precision, freeze
from practical_dl.images.pictures.manifest import labelled_rows, read_manifest
from practical_dl.job.errors import settings_at
from practical_dl.job.runtime import configure_tensorflow, has_gpu, job

with job(snakemake) as log:
    configure_tensorflow(snakemake.params.seed)
    params = snakemake.params
    wildcards = snakemake.wildcards
    with settings_at(f"images.{wildcards.dataset}.backbones.{wildcards.backbone}"):
        network = backbones.build(params.application, params.input_size, params.alpha)
        if params.weights != "random":
            backbones.load_weights(network, Path(params.weights_file), params.layer)
        model = backbones.cut(network, params.application, params.layer, params.pool)
    manifest = read_manifest(snakemake.input.manifest)
    copies = params.passes * len(labelled_rows(manifest))
    layer_shape = network.get_layer(params.layer).output.shape[1:]
    for line in backbones.storage_cost(layer_shape, params.pool, len(manifest), copies):
        log.show(line)
    engine = choose_engine(params.engine, has_gpu())
    precision = choose_precision(params.precision, engine, has_gpu())
    log.show(f"computes with {engine} in {precision}")
    save_model(snakemake.output.model, model)
    write_bytes(snakemake.output.graph, freeze(model))
    write_json(
        snakemake.output.description,
        backbones.describe(
            model, params.layer, params.pool, params.weights, params.input_size, engine, precision
        ),
    )
