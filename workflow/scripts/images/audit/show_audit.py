from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from practical_dl.files.artefacts import read_csv, read_json
from practical_dl.images.audit import copies, outliers, suspects
from practical_dl.images.audit.looks import SIZE
from practical_dl.images.audit.page import audit_page
from practical_dl.images.audit.summary import KEYS
from practical_dl.images.pictures.loading import read_images, source_root
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.job.runtime import job
from practical_dl.report.page import write_page

with job(snakemake):
    found = snakemake.input
    manifest = read_manifest(Path(found.manifest)).set_index("image_id")
    root = source_root(found.source)

    def read(ids: Sequence[str]) -> NDArray[np.uint8]:
        """Pictures by their image_ids, one may come twice."""
        rows = manifest.loc[list(ids)].reset_index()
        return np.concatenate([images for _, images in read_images(root, rows, SIZE, 1)])

    floats: dict[str, Any] = {"bits": int}
    columns = {
        "copies": copies.COLUMNS,
        "groups": ["image_id", "group"],
        "suspects": suspects.COLUMNS,
        "outliers": outliers.COLUMNS,
    }
    tables = {
        name: read_csv(found[name], names, floats if name == "copies" else None)
        for name, names in columns.items()
    }
    write_page(snakemake.output.audit, audit_page(tables, read_json(found.summary, KEYS), read))
