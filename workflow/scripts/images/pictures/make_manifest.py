from pathlib import Path

from practical_dl.files.artefacts import write_csv
from practical_dl.images.pictures import sources
from practical_dl.images.pictures.listing import left_out
from practical_dl.images.pictures.loading import source_root
from practical_dl.images.pictures.manifest import write_manifest
from practical_dl.images.pictures.measuring import (
    measure,
    require_all_usable,
    require_classes_left,
)
from practical_dl.job.runtime import job

with job(snakemake) as log:
    root = source_root(snakemake.input.source)
    if snakemake.params.layout == "folder":
        settings = snakemake.params.settings
        groups = settings["groups"] and Path(settings["groups"])
        listed = sources.folder(root, **{**settings, "groups": groups})
        for key in ("train_folder", "test_folder"):
            if settings[key] is not None and (others := left_out(root / settings[key])):
                log.show(f"{key}: left out, no images by their names: {others}")
    else:
        listed = sources.statefarm(root, root / "driver_imgs_list.csv")
    manifest, bad = measure(listed, root, snakemake.threads, log)
    if snakemake.params.on_bad_pictures == "refuse":
        require_all_usable(bad, len(listed), root, log)
    else:
        require_classes_left(listed, manifest, bad, root, log)
    write_csv(snakemake.output.dropped, bad)
    write_manifest(Path(snakemake.output.manifest), manifest)
