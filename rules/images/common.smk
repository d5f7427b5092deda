"""What the rules of pictures share: which files of which backbone a stage reads.

REQUIRED INPUTS: the merged `config`
OUTPUTS: none
"""

from practical_dl.images import paths as image_paths
from practical_dl.images.networks import grid
from practical_dl.images.networks.grid import name_of, point_of_name
from practical_dl.images.pictures.class_meanings import class_names
from practical_dl.images.plan import scored as scored_plan

SPLITS = ("grouped", "random")
LEARNERS = ("teacher", "pupil_true", "pupil_distilled")
BUILD_KEYS = ("application", "weights", "alpha", "input_size")
NETWORK_KEYS = (*BUILD_KEYS, "layer", "pool")
ONNX_KEYS = ("onnx", "output", "input_size", "pixels", "tokens", "channels", "pool")
PUPIL_KEYS = ("model", "width", "dropout", "shrink", "share")
POINT_CONSTRAINTS = {
    "head": "dense|dropped|convolution",
    "pool": "none|max|average",
    "depth": r"\d+",
    "width": r"\d+",
    "dropout": r"[0-9.e-]+",
    "features": "plain|centred|augmented",
    "halves": r"[0-9.e-]+",
    "share": r"[0-9.e-]+",
}


def names_of_classes(wildcards):
    """Parameter function: what people call the classes, by class."""
    return class_names(config["images"][wildcards.dataset])


def backbone_settings(wildcards):
    """What the configuration says about the backbone that the wildcards name."""
    return config["images"][wildcards.dataset]["backbones"][wildcards.backbone]


def backbone_read_by(reader, wildcards):
    """The name of the backbone whose features a stage reads."""
    return config["images"][wildcards.dataset][reader]["backbone"]


def where_tested(wildcards, path):
    """A list of the path where there are test pictures, else none."""
    return [path] if locations.has_test_part(config, wildcards.dataset) else []


def configured_weights(wildcards):
    """The file that the backbone's weights come from, or None for random ones."""
    return locations.weights_path(config, backbone_settings(wildcards))


def weights_path(wildcards, input):
    """Parameter function: that file."""
    return path_of_input(input.weights, configured_weights(wildcards))


def weights_if_present(wildcards):
    """Input function: the weights file, or nothing where the user's own is absent.

    Behind an ONNX file those beside it that hold weights of it.
    """
    path = configured_weights(wildcards)
    beside = [] if backbone_settings(wildcards)["onnx"] is None else locations.beside_onnx(path)
    return [file for one in (path, *beside) for file in if_present(one)]


def gathered_if_present(wildcards):
    """Input function: the pictures, and more, that are gathered for a table of pictures."""
    manifest = filled(image_paths.MANIFEST, dataset=wildcards.dataset)
    parts = locations.gathered_parts(config, wildcards.dataset).items()
    found = [if_present(path, manifest=manifest, below=f"{name}/") for name, path in parts]
    return [file for files in found for file in files]


def states_of_pictures(wildcards):
    """Input function: the states of the pictures that a manifest lists."""
    return [*source_state("images")(wildcards), *gathered_if_present(wildcards)]


def tables_if_present(wildcards):
    """Input function: the tables of the user's own that the manifest is made from."""
    groups = locations.folder_settings(config, wildcards.dataset).get("groups")
    corrections = locations.corrections_path(config, wildcards.dataset)
    tables = locations.picture_tables(config, wildcards.dataset).values()
    return [file for path in [groups, corrections, *tables] for file in if_present(path)]


def shards_of_backbone(dataset, backbone, part):
    """The shards of one part of the features of a backbone, in order."""
    return expand(
        f"{image_paths.FEATURES}/{{part}}/shard_{{shard}}.h5",
        dataset=dataset,
        backbone=backbone,
        part=part,
        shard=range(config["images"][dataset]["backbones"][backbone]["shards"]),
    )


def shards_of(*parts):
    """Input function: the shards of these parts, part by part (of the wildcard's own, if none)."""
    return lambda wildcards: shards_of_backbone(
        wildcards.dataset, wildcards.backbone, parts or [wildcards.part]
    )


def clean_parts(config, dataset):
    """The parts of the features that no augmentation has changed."""
    return ["labelled", *(["test"] if locations.has_test_part(config, dataset) else [])]


def of_backbone(reader, kind, name):
    """Input function: a file of the features, or heads, of the backbone that a stage reads."""
    return lambda wildcards: (
        f"results/images/{wildcards.dataset}/{kind}/{backbone_read_by(reader, wildcards)}/{name}"
    )


def shards_read_by(reader):
    """Input function: the shards of the labelled features of the backbone that a stage reads."""
    return lambda wildcards: shards_of_backbone(
        wildcards.dataset, backbone_read_by(reader, wildcards), "labelled"
    )


def network_of_backbone(files):
    """Input function: files of the backbone's network, by a function of its settings."""
    return lambda wildcards: [
        f"{image_paths.FEATURES}/{name}" for name in files(backbone_settings(wildcards))
    ]


def network_of_head(wildcards):
    """Input function: the network, in floating point, of the backbone that the head reads."""
    name = backbone_read_by("head", wildcards)
    files = backbone_plan.float_files(config["images"][wildcards.dataset]["backbones"][name])
    return [of_backbone("head", "features", file)(wildcards) for file in files]


def swept_amounts(wildcards):
    """Input function: the sweep's choice, for an augmented pass that is to follow it."""
    follows = backbone_settings(wildcards)["amounts_from"] == "sweep" and "_pass" in wildcards.part
    return [image_paths.BEST] if follows else []


def augmentation_amounts(wildcards):
    """Parameter function: pairs of a type of augmentation and its amount, for a pass only."""
    given = backbone_settings(wildcards)["augmentation"]
    is_pass = "_pass" in wildcards.part
    return [[name, given[name]] for name in sorted(given)] if is_pass else []


def parts_of_passes(wildcards):
    """The clean pass, and the augmented ones that the head trains on."""
    passes = config["images"][wildcards.dataset]["head"]["passes"]
    return ["labelled", *(f"labelled_pass{number + 1}" for number in range(passes))]


def stores_of_passes(wildcards):
    """Input function: the joined features of these passes."""
    return expand(
        f"{image_paths.FEATURES}/{{part}}.h5",
        dataset=wildcards.dataset,
        backbone=wildcards.backbone,
        part=parts_of_passes(wildcards),
    )


def shards_of_passes(wildcards):
    """Input function: the shards of these passes, pass by pass."""
    parts = parts_of_passes(wildcards)
    return shards_of_backbone(wildcards.dataset, wildcards.backbone, parts)


def reduced_test(wildcards):
    """Input function: the reduced features of the test pictures, where there are any."""
    return where_tested(wildcards, f"{image_paths.REDUCED}/test.h5")


def test_if_present(reader, kind):
    """Input function: the test part of what a stage reads, where there are test pictures."""
    find = of_backbone(reader, kind, "test.h5")
    return lambda wildcards: where_tested(wildcards, find(wildcards))


def shards_of_all(reader):
    """Input function: the shards of the labelled and, where there is one, of the test part."""
    return lambda wildcards: shards_of_backbone(
        wildcards.dataset,
        backbone_read_by(reader, wildcards),
        ["labelled", *where_tested(wildcards, "test")],
    )


def round_before(wildcards):
    """Input function: what the round before left."""
    return [f"{image_paths.FOLD}/round_{int(wildcards.round) - 1}.h5"]


def checked_sample(wildcards):
    """Input function: what the sample submission asks for, where there is one."""
    given = locations.sample_submission(config, wildcards.dataset)
    return [filled(image_paths.SAMPLE, dataset=wildcards.dataset)] if given else []


def source_with_truth(wildcards):
    """Input function: the source, where the classes of its test pictures are known: the demo."""
    demo = wildcards.dataset in names_of_kind("images", "demo")
    return [image_paths.SOURCE] if demo else []


def shares_jobs(dataset):
    """Whether the points of a grid share jobs."""
    return config["images"][dataset]["grid"]["jobs"] is not None


def points_of_job(number):
    """Parameter function: the points of the grid that a job trains."""
    return lambda wildcards: list(model_plan.grid_jobs(config, wildcards.dataset)[number])


def reduced_for_points(find):
    """Input function: the reduced features that points of the grid read, each file once."""

    def files(wildcards):
        points = [point_of_name(name) for name in find(wildcards)]
        found = [
            f"results/images/{wildcards.dataset}/reduced/{point.backbone}/{part}.h5"
            for point in points
            for part in parts_of_point(wildcards.dataset, point)
        ]
        return list(dict.fromkeys(found))

    return files


def parts_of_point(dataset, point):
    """The parts of the reduced features that a point of the grid reads."""
    settings = config["images"][dataset]
    stored = settings["backbones"][point.backbone]["passes"]
    passes = range(1, stored + 1) if point.features == "augmented" else ()
    clean = clean_parts(config, dataset)
    changed = clean if settings["grid"]["test_passes"] else ["labelled"]
    return [*clean, *(f"{part}_pass{number}" for part in changed for number in passes)]


def reduced_of_grid(wildcards):
    """Input function: the reduced labelled features of the backbones that the grid compares."""
    return [
        f"results/images/{wildcards.dataset}/reduced/{name}/labelled.h5"
        for name in model_plan.backbones(config, wildcards.dataset)
    ]


def files_of_models(names, file):
    """Input function: a file of each model that `names` (a function of model_plan) names."""
    return lambda wildcards: model_plan.files_of(
        wildcards.dataset, names(config, wildcards.dataset), file
    )


def model_files(kind, *names):
    """A file of predictions of each of these models."""
    return [f"{image_paths.RESULTS}/models/{name}/{kind}.csv" for name in names]


def models_of(kinds, *names):
    """Outputs: files of predictions of these models, a list by each kind of file."""
    return {kind: model_files(kind, *names) for kind in kinds}


def pages_of(**titles):
    """Outputs: pages by their names, each shown in the report under its title."""
    return {
        name: page(f"{image_paths.PAGES}/{name}.html", "1 Images", title)
        for name, title in titles.items()
    }


def picture(path, what=None):
    """An output: a picture below a data set's results, with the caption of its name."""
    name = Path(path).stem
    path = f"{image_paths.RESULTS}/{path}.png"
    return page(path, "1 Images", what or name.replace("_", " "), name)


def pictures_of_heads(name):
    """A picture of the head by each split, shown in the report."""
    what = f"{name.replace('_', ' ')}, {{split}} split"
    return [
        picture(f"heads/{{backbone}}/{split}/{name}", what.format(split=split)) for split in SPLITS
    ]


FOLDED = {
    "manifest": image_paths.MANIFEST,
    "folds": image_paths.FOLDS,
    "labelled": f"{image_paths.REDUCED}/labelled.h5",
    "test": reduced_test,
}
"""Inputs of what is trained by folds on the reduced features of a backbone."""
STORED = {
    "store": f"{image_paths.FEATURES}/labelled.h5",
    "shards": shards_of("labelled"),
    "description": f"{image_paths.FEATURES}/backbone.json",
    "manifest": image_paths.MANIFEST,
}
"""Inputs of what is trained on the labelled features of a backbone."""
BY_FOLDS = {
    "manifest": image_paths.MANIFEST,
    "folds": image_paths.FOLDS,
    "labelled": of_backbone("head", "reduced", "labelled.h5"),
}
"""Inputs of studies of labelled pictures by folds, on the features that the head reads."""
ENSEMBLE = {
    "manifest": image_paths.MANIFEST,
    "folds": image_paths.FOLDS,
    "neighbours": of_backbone("head", "reduced", "neighbours.h5"),
    "members": files_of_models(model_plan.members, "out_of_fold.csv"),
}
"""Inputs of what is tuned on the ensemble's members."""
HEAD_SETTINGS = {
    "head": section("images/{dataset}/head", "width", "dropout", "memory_mb"),
    "recipe": section("images/{dataset}/head", "schedule", "optimizer", "batch_size"),
    "inner_share": lookup(within=config, dpath="images/{dataset}/head/inner_share"),
    "seed": config["seed"],
}
"""Parameters of heads by splits."""
GRID_SETTINGS = {
    "grid": section("images/{dataset}/grid", "seeds", "test_passes"),
    "recipe": section("images/{dataset}/grid", "schedule", "optimizer", "batch_size"),
    "seed": config["seed"],
}
"""Parameters of heads by folds."""
PSEUDO_SETTINGS = {
    "settings": lambda wildcards: pseudo_plan.setting_records(config, wildcards.dataset),
    "seeds": lookup(within=config, dpath="images/{dataset}/pseudo_labels/seeds"),
    "head": section("images/{dataset}/pseudo_labels", "width", "dropout"),
    "seed": config["seed"],
}
"""Parameters of every round of pseudo-labels."""
SUBMISSION_SETTINGS = {
    "submission": section("images/{dataset}/submission", "positive", "answer", "test_groups"),
    "sample": lambda wildcards: locations.sample_submission(config, wildcards.dataset),
    "label_names": lambda wildcards: locations.picture_tables(config, wildcards.dataset).get(
        "labels"
    ),
    "seed": config["seed"],
}
"""Parameters of every submission."""
TEACHER = {
    "teacher": network_of_head,
    "description": of_backbone("head", "features", "backbone.json"),
}
"""Inputs of what is compared with the network that the head reads."""
