from pathlib import Path

import pandas as pd

from practical_dl.files.artefacts import write_csv
from practical_dl.images.audit.corrections import corrected, read_corrections
from practical_dl.images.pictures import sources, table_source
from practical_dl.images.pictures.listing import left_out
from practical_dl.images.pictures.loading import source_root
from practical_dl.images.pictures.manifest import write_manifest
from practical_dl.images.pictures.measuring import (
    copies_told,
    measure,
    require_all_usable,
    require_classes_left,
)
from practical_dl.job.runtime import job
from practical_dl.tables.table import options_of

with job(snakemake) as log:
    root, settings = source_root(snakemake.input.source), snakemake.params.settings
    dropped = []
    if snakemake.params.layout == "folder":
        groups = settings["groups"] and Path(settings["groups"])
        listed = sources.folder(root, **{**settings, "groups": groups, "tell": log.show})
        for key in ("train_folder", "test_folder"):
            if settings[key] is not None and (others := left_out(root / settings[key])):
                log.show(f"{key}: left out, no images by their names: {others}")
    elif snakemake.params.layout == "table":
        files = {name: Path(path) for name, path in settings["files"].items()}
        form, on_bad_rows = options_of(settings["format"]), settings["on_bad_rows"]
        test = settings["test"]
        found = table_source.table(root, files, settings["columns"], form, on_bad_rows, test)
        listed = found.images
        dropped = [table_source.dropped_rows(mistakes) for mistakes in found.mistakes]
        for line in found.told:
            log.show(line)
    else:
        listed = sources.statefarm(root, root / "driver_imgs_list.csv")
    if snakemake.params.corrections is not None:
        decided = Path(snakemake.params.corrections)
        listed, gone, told = corrected(listed, read_corrections(decided), decided)
        dropped.append(gone)
        for line in told:
            log.show(line)
    manifest, bad = measure(listed, root, snakemake.threads, log)
    if snakemake.params.on_bad_pictures == "refuse":
        require_all_usable(bad, len(listed), root, log)
    else:
        require_classes_left(listed, manifest, bad, root, log)
    write_csv(snakemake.output.dropped, pd.concat([bad, *dropped]))
    for line in copies_told(manifest):
        log.show(line)
    write_manifest(Path(snakemake.output.manifest), manifest)
