from pathlib import Path

import pandas as pd

from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.images.audit.auditing import Settings, audit
from practical_dl.images.audit.looks import SIZE, look_at
from practical_dl.images.audit.summary import summary, told
from practical_dl.images.features.reduced import read_reduced, read_test
from practical_dl.images.pictures.loading import read_images, source_root
from practical_dl.images.pictures.manifest import class_names, read_manifest
from practical_dl.images.pictures.splits import read_split
from practical_dl.job.runtime import job

with job(snakemake) as log:
    found = snakemake.input
    manifest = read_manifest(Path(found.manifest))
    stored, points = read_reduced(found.labelled, "look")
    test_rows, test_points = read_test(found.test, "look", points)
    ids = [*stored["image_id"], *test_rows["image_id"]]
    roles = read_split(found.split, manifest).set_index("image_id")["role"]
    rows = manifest.set_index("image_id").loc[ids].reset_index()
    rows = rows.assign(role=rows["image_id"].map(roles).fillna(""))
    blocks = read_images(source_root(found.source), rows, SIZE, snakemake.threads)
    seen = (images for _, images in log.track(blocks, -(-len(rows) // 64), "blocks"))
    looks = look_at(seen)
    given = snakemake.params
    settings = Settings(**given.settings, folds=given.folds, seed=given.seed)
    features = pd.concat([pd.DataFrame(points), pd.DataFrame(test_points)]).to_numpy()
    tables = audit(rows, class_names(manifest), looks, features, settings, log)
    for name, table in tables.items():
        write_csv(snakemake.output[name], table)
    counts = summary(rows, tables, tables["groups"]["group"])
    for line in told(counts):
        log.show(line)
    write_json(snakemake.output.summary, counts)
