from practical_dl.files.artefacts import write_csv
from practical_dl.images.hidden_groups.draws import drawn_units, hide
from practical_dl.images.pictures.manifest import read_manifest, write_manifest
from practical_dl.images.pictures.splits import folds
from practical_dl.job.runtime import job

with job(snakemake) as log:
    params, output = snakemake.params, snakemake.output
    manifest, draw = read_manifest(snakemake.input.manifest), int(snakemake.wildcards.draw)
    units = drawn_units(manifest, params.groups, draw, params.seed)
    log.show(f"hidden: {', '.join(units[:20])}{' ...' if len(units) > 20 else ''}")
    hidden = hide(manifest, units)
    write_manifest(output.manifest, hidden)
    write_csv(output.folds, folds(hidden, params.folds, params.seed))
