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
    asked, use, wildcards = snakemake.params.network, snakemake.params.use, snakemake.wildcards
    layer, pool, size = asked["layer"], asked["pool"], asked["input_size"]
    with settings_at(f"images.{wildcards.dataset}.backbones.{wildcards.backbone}"):
        network = backbones.build(asked["application"], size, asked["alpha"])
        if asked["weights"] != "random":
            backbones.load_weights(network, Path(snakemake.params.weights_file), layer)
        model = backbones.cut(network, asked["application"], layer, pool)
    manifest = read_manifest(snakemake.input.manifest)
    copies = use["passes"] * len(labelled_rows(manifest))
    layer_shape = network.get_layer(layer).output.shape[1:]
    for line in backbones.storage_cost(layer_shape, pool, len(manifest), copies):
        log.show(line)
    engine = choose_engine(use["engine"], has_gpu())
    precision = choose_precision(use["precision"], engine, has_gpu())
    log.show(f"computes with {engine} in {precision}")
    described = backbones.describe(model, layer, pool, asked["weights"], size, engine, precision)
    save_model(snakemake.output.model, model)
    write_bytes(snakemake.output.graph, freeze(model))
    write_json(snakemake.output.description, described)
