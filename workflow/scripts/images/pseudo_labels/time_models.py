from pathlib import Path

from practical_dl.files.artefacts import write_csv
from practical_dl.images.features.backbones import read_description
from practical_dl.images.features.inference import open_network
from practical_dl.images.pseudo_labels.model_speed import speed_table
from practical_dl.job.runtime import configure_tensorflow, job

BATCH = 16

with job(snakemake):
    found = snakemake.input
    pictured = read_description(found.description), read_description(found.pupil_description)
    engine = pictured[0]["engine"]
    if engine == "keras":
        configure_tensorflow(seed=0)
    networks = {}
    for name, model, graph, described in (
        ("teacher", found.model, found.graph, pictured[0]),
        ("pupil", found.pupil_model, found.pupil_graph, pictured[1]),
    ):
        precision = "bfloat16" if described["precision"] == "int8" else described["precision"]
        files = Path(model), Path(graph)
        network = open_network(engine, precision, *files, BATCH, snakemake.threads)
        networks[name] = network, tuple(described["input_size"]), files[1].stat().st_size
    write_csv(snakemake.output.speed, speed_table(networks, BATCH))
