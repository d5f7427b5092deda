from practical_dl.files.artefacts import write_bytes
from practical_dl.images.features.backbones import read_description
from practical_dl.images.features.inference import file_for
from practical_dl.images.features.quantisation import calibration_rows, quantise
from practical_dl.images.pictures.loading import read_images, source_root
from practical_dl.images.pictures.manifest import labelled_rows, read_manifest
from practical_dl.job.runtime import job

with job(snakemake) as log:
    import numpy as np

    size = tuple(read_description(snakemake.input.description)["input_size"])
    labelled = labelled_rows(read_manifest(snakemake.input.manifest))
    rows = calibration_rows(labelled, snakemake.params.seed)
    root = source_root(snakemake.input.source)
    pictures = read_images(root, rows, size, snakemake.threads, block_rows=1)
    log.info(f"ranges from {len(rows)} pictures")
    batches = [np.asarray(block, np.float32) for _, block in pictures]
    graph, weights = quantise(file_for("openvino", snakemake.input.network), batches)
    write_bytes(snakemake.output.weights, weights)
    write_bytes(snakemake.output.graph, graph)
