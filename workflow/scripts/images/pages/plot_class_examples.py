from pathlib import Path

import numpy as np

from practical_dl.files.artefacts import read_json
from practical_dl.images.pages.plots import class_examples_figure, examples_of_classes
from practical_dl.images.pictures.loading import read_images
from practical_dl.images.pictures.manifest import labelled_rows, read_manifest
from practical_dl.job.runtime import job
from practical_dl.report.plotting import write_figure

EXAMPLES = 6
SIZE = (150, 200)

with job(snakemake):
    root = Path(read_json(snakemake.input.source, ["root"])["root"])
    labelled = labelled_rows(read_manifest(snakemake.input.manifest))
    rows = examples_of_classes(labelled, EXAMPLES, snakemake.params.seed)
    pictures = np.concatenate([block for _, block in read_images(root, rows, SIZE, threads=1)])
    write_figure(
        snakemake.output.plot, class_examples_figure(list(rows["label"]), pictures, EXAMPLES)
    )
