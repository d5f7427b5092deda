from practical_dl.files.artefacts import read_json
from practical_dl.images.ensemble.ablation import read_ablation
from practical_dl.images.features.picture_places import draw_pictures
from practical_dl.images.folds.folded import read_members
from practical_dl.images.folds.selection import read_gains, read_scores
from practical_dl.images.pages.ablation import ablation_page
from practical_dl.images.pages.out_of_fold import mistaken_photos, out_of_fold_page
from practical_dl.images.pages.picture_map import MOST, likeliest, picture_map_page, thumbnails_of
from practical_dl.images.pages.selection import feature_warnings, selection_page
from practical_dl.images.pictures.class_meanings import with_names
from practical_dl.images.pictures.loading import source_root
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.scores.scoring import class_scores
from practical_dl.job.runtime import job
from practical_dl.report.page import write_page

with job(snakemake):
    params, found, output = snakemake.params, snakemake.input, snakemake.output
    models = [with_names(model, params.class_names) for model in read_members(found.models)]
    root, manifest = source_root(found.source), read_manifest(found.manifest)
    photos = mistaken_photos(root, manifest, models[-1])
    page = out_of_fold_page(params.titles, models, photos, params.seed)
    write_page(output.out_of_fold, page)
    tuned = read_json(found.tuned, ["weights", "balance"])
    write_page(output.ablation, ablation_page(read_ablation(found.ablation), tuned))
    selected = class_scores(read_members([found.selected])[0], params.seed)["log_loss"]
    scores, gains = read_scores(found.scores), read_gains(found.gains)
    choice = read_json(found.choice, ["selected", "without_fold"])
    warnings = feature_warnings(dict(zip(params.backbones, found.reduced, strict=True)))
    write_page(output.selection, selection_page(scores, gains, choice, selected, warnings))
    drawn = draw_pictures(found.reduced[0], models[-1].classes, MOST, params.seed)
    thumbnails = thumbnails_of(root, manifest, drawn)
    taken = likeliest(models[-1])
    write_page(output.picture_map, picture_map_page(drawn, taken, thumbnails, params.seed))
