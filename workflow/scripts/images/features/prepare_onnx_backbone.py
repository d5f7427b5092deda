import tempfile
from pathlib import Path

from practical_dl.files.artefacts import write_bytes, write_json
from practical_dl.images.features import confined
from practical_dl.images.features.backbones import storage_cost
from practical_dl.images.features.inference import choose_precision
from practical_dl.images.features.onnx_backbones import GRAPH, description
from practical_dl.images.features.onnx_features import Asked
from practical_dl.images.features.onnx_files import read_onnx_file
from practical_dl.images.pictures.manifest import labelled_rows, read_manifest
from practical_dl.job.errors import settings_at
from practical_dl.job.runtime import job

with job(snakemake) as log, tempfile.TemporaryDirectory() as folder:
    params, use, wildcards = snakemake.params, snakemake.params.use, snakemake.wildcards
    asked = Asked.of(params.path, params.network)
    file = read_onnx_file(Path(params.path))
    with settings_at(f"images.{wildcards.dataset}.backbones.{wildcards.backbone}"):
        found = confined.prepare(asked, snakemake.threads, Path(folder))
    precision = choose_precision(use["precision"], "openvino", has_gpu=False)
    for line in found["said"]:
        log.show(line)
    manifest = read_manifest(snakemake.input.manifest)
    copies = use["passes"] * len(labelled_rows(manifest))
    for line in storage_cost(found["layer_shape"], asked.pool, len(manifest), copies):
        log.show(line)
    log.show(f"computes with openvino in {precision}")
    graph = Path(folder) / GRAPH
    written, weights = snakemake.output.network
    write_bytes(weights, graph.with_suffix(".bin").read_bytes())
    write_bytes(written, graph.read_bytes())
    write_json(snakemake.output.description, description(asked, file, found, precision))
