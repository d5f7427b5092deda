from practical_dl.files.artefacts import write_csv
from practical_dl.images.pictures.given_splits import has_given_split, split_as_given
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.pictures.splits import split_at_random, split_by_group
from practical_dl.job.runtime import job

FAR = 0.05

with job(snakemake) as log:
    asked, made = snakemake.params.split, snakemake.output
    manifest = read_manifest(snakemake.input.manifest)
    by_source = asked["given"] == "use" and has_given_split(manifest)
    if by_source:
        grouped = split_as_given(manifest)
    else:
        grouped = split_by_group(manifest, asked["valid_share"], asked["seed"])
    valid_rows = int((grouped["role"] == "valid").sum())
    share = valid_rows / len(grouped)
    told = f"{valid_rows:,} of {len(grouped):,} labelled pictures validate"
    if by_source:
        log.show(f"the source's own split is used: {told}; split.given: ignore makes another")
    elif abs(share - asked["valid_share"]) > FAR:
        log.show(f"{told}, {share:.0%} instead of {asked['valid_share']:.0%}: groups stay whole")
    write_csv(made.grouped, grouped)
    write_csv(made.random, split_at_random(manifest, valid_rows, asked["seed"]))
