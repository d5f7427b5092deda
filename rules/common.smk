"""What all rules share: the checked configuration, where sources lie, the hash of code.

REQUIRED INPUTS: the merged `config`
OUTPUTS: none
"""

import os
import re
import sys
from hashlib import sha256
from pathlib import Path

import yaml

from practical_dl import configuration, locations, references, targets
from practical_dl.characters import plan as characters_plan
from practical_dl.characters.titles import OF_CHARACTERS, RECURRENT, TITLES, WINDOWS
from practical_dl.code_hash import SCRIPTS, code_hash
from practical_dl.errors import UserError
from practical_dl.images import (
    ladder_plan,
    model_plan,
    overfitting_plan,
    pseudo_plan,
    sample_plan,
    scratch_plan,
)
from practical_dl.reviews import plan as reviews_plan

PEERS_PROGRAM = SCRIPTS.parent / "peers/predict.py"
PEERS_LOCK = Path(workflow.source_path("../envs/peers.lock"))
PEERS_VERSIONS = sha256(PEERS_LOCK.read_bytes()).hexdigest()

try:
    locations.require_writable("results", "data")
    configuration.complete(config)
except UserError as error:
    sys.exit(f"error: {error}")


def code(script):
    """Content of a script and of the modules that it needs, for `params: code=`."""
    return code_hash(SCRIPTS / script)


def memory(mb):
    """Resource function: megabytes of memory, as many again at every further attempt."""
    return lambda wildcards, attempt: attempt * mb


def memory_with_features(mb):
    """The same for a job that beside these holds features of a data set in memory."""

    def ask(wildcards, attempt):
        return attempt * (mb + config["images"][wildcards.dataset]["head"]["memory_mb"])

    return ask


def one_of(names):
    """A wildcard constraint that only these names fulfil."""
    return "|".join(sorted(names)) or "(?!)"


def names_of_kind(pipeline, *kinds):
    """Names of the definitions whose source is of one of these kinds."""
    return [
        name
        for name, definition in config[pipeline].items()
        if locations.source_kind(definition)[0] in kinds
    ]


def as_it_lies(given, path):
    """A path where its input lies, which a module's prefix or a storage may have moved."""
    return str(given[0]) if given else path


def used_in_place(path):
    """Inputs of a path: a file that rules make, or the user's own where it is; else none."""
    if path is None:
        return []
    if path.startswith(("results/", "data/")):
        return [path]
    return [local(path)] if Path(path).exists() else []


def source_path(pipeline):
    """Parameter function: the source of a definition as a path."""

    def find(wildcards, input):
        path = locations.source_path(config, pipeline, wildcards.dataset)
        return as_it_lies(input.source, path)

    return find


def source_if_present(pipeline):
    """Input function: the source, or nothing where it is absent (the job then says so)."""
    return lambda wildcards: used_in_place(
        locations.source_path(config, pipeline, wildcards.dataset)
    )


def learned_text(wildcards, input):
    """Parameter function: which text is learned, and how it becomes symbols in three parts."""
    keys = ("lower_case", "vocabulary", "inner_share", "held_out_share")
    definition = config["characters"][wildcards.dataset]
    path = as_it_lies(input.text, locations.source_path(config, "characters", wildcards.dataset))
    return {"path": path, **{key: definition[key] for key in keys}}


def configured_weights(wildcards):
    """The file that the backbone's weights come from, or None for random ones."""
    settings = config["images"][wildcards.dataset]["backbones"][wildcards.backbone]
    match settings["weights"]:
        case "random":
            return None
        case "demo":
            return "results/weights/demo.weights.h5"
        case "imagenet":
            return locations.imagenet_weights_path(settings)
        case file:
            return locations.below_data_root(config, file)


def weights_path(wildcards, input):
    """Parameter function: that file."""
    return as_it_lies(input.weights, configured_weights(wildcards))


def weights_if_present(wildcards):
    """Input function: the weights file, or nothing where the user's own is absent."""
    return used_in_place(configured_weights(wildcards))


def shards_of_backbone(dataset, backbone, part):
    """The shards of one part of the features of a backbone, in order."""
    return expand(
        "results/images/{dataset}/features/{backbone}/{part}/shard_{shard}.h5",
        dataset=dataset,
        backbone=backbone,
        part=part,
        shard=range(config["images"][dataset]["backbones"][backbone]["shards"]),
    )


def shards_of(part="{part}"):
    """Input function: the shards of a part (the wildcard's own, if none is named)."""
    return lambda wildcards: shards_of_backbone(
        wildcards.dataset, wildcards.backbone, part.format(**wildcards)
    )


def of_backbone(reader, kind, name):
    """Input function: a file of the features, or heads, of the backbone that a stage reads."""

    def find(wildcards):
        backbone = config["images"][wildcards.dataset][reader]["backbone"]
        return f"results/images/{wildcards.dataset}/{kind}/{backbone}/{name}"

    return find


def shards_read_by(reader):
    """Input function: the shards of the labelled features of the backbone that a stage reads."""

    def find(wildcards):
        backbone = config["images"][wildcards.dataset][reader]["backbone"]
        return shards_of_backbone(wildcards.dataset, backbone, "labelled")

    return find


def graph_of_backbone(wildcards):
    """Input function: the frozen network, or the one in eight bits with its weights."""
    backbone = config["images"][wildcards.dataset]["backbones"][wildcards.backbone]
    names = ["backbone_int8.xml", "backbone_int8.bin"]
    if backbone["precision"] != "int8":
        names = ["backbone.pb"]
    return [f"results/images/{{dataset}}/features/{{backbone}}/{name}" for name in names]


def swept_amounts(wildcards):
    """Input function: the sweep's choice, for an augmented pass that is to follow it."""
    backbone = config["images"][wildcards.dataset]["backbones"][wildcards.backbone]
    follows = backbone["amounts_from"] == "sweep" and "_pass" in wildcards.part
    return ["results/images/{dataset}/augmentation/best.yaml"] if follows else []


def augmentation_amounts(wildcards):
    """Parameter function: pairs of a type of augmentation and its amount, for a pass only."""
    given = config["images"][wildcards.dataset]["backbones"][wildcards.backbone]["augmentation"]
    is_pass = "_pass" in wildcards.part
    return [[name, given[name]] for name in sorted(given)] if is_pass else []


def parts_of_passes(wildcards):
    """The clean pass, and the augmented ones that the head trains on."""
    passes = config["images"][wildcards.dataset]["head"]["passes"]
    return ["labelled", *(f"labelled_pass{number + 1}" for number in range(passes))]


def stores_of_passes(wildcards):
    """Input function: the joined features of these passes."""
    return expand(
        "results/images/{dataset}/features/{backbone}/{part}.h5",
        dataset=wildcards.dataset,
        backbone=wildcards.backbone,
        part=parts_of_passes(wildcards),
    )


def shards_of_passes(wildcards):
    """Input function: the shards of these passes, pass by pass."""
    of_parts = [shards_of(part)(wildcards) for part in parts_of_passes(wildcards)]
    return [shard for shards in of_parts for shard in shards]


def reduced_test(wildcards):
    """Input function: the reduced features of the test pictures, where there are any."""
    present = locations.has_test_part(config, wildcards.dataset)
    return ["results/images/{dataset}/reduced/{backbone}/test.h5"] if present else []


def test_if_present(reader, kind):
    """Input function: the test part of what a stage reads, where there are test pictures."""

    def find(wildcards):
        present = locations.has_test_part(config, wildcards.dataset)
        return [of_backbone(reader, kind, "test.h5")(wildcards)] if present else []

    return find


def shards_of_all(reader):
    """Input function: the shards of the labelled and, where there is one, of the test part."""

    def find(wildcards):
        backbone = config["images"][wildcards.dataset][reader]["backbone"]
        present = locations.has_test_part(config, wildcards.dataset)
        parts = ["labelled", *(["test"] if present else [])]
        return shards_of_backbone(wildcards.dataset, backbone, parts)

    return find


def round_before(wildcards):
    """Input function: what the round before left; the start has none."""
    number = int(wildcards.round)
    folder = "results/images/{dataset}/pseudo_labels/fold_{fold}"
    return [f"{folder}/round_{number - 1}.h5"] if number else []


def source_with_truth(wildcards):
    """Input function: the source, where the classes of its test pictures are known: the demo."""
    demo = wildcards.dataset in names_of_kind("images", "demo")
    return ["data/images/{dataset}/source.json"] if demo else []


def reduced_passes(part):
    """Input function: the reduced augmented passes of a part, for a head on augmented features."""

    def find(wildcards):
        settings = config["images"][wildcards.dataset]
        asked = part == "labelled" or (settings["grid"]["test_passes"] and reduced_test(wildcards))
        stored = settings["backbones"][wildcards.backbone]["passes"]
        used = range(stored) if wildcards.features == "augmented" and asked else ()
        folder = "results/images/{dataset}/reduced/{backbone}"
        return [f"{folder}/{part}_pass{number + 1}.h5" for number in used]

    return find


def models_of(wildcards, names, file):
    """A file of each model that `names` (a function of model_plan) names."""
    return model_plan.files_of(wildcards.dataset, names(config, wildcards.dataset), file)


def configured_reviews_file(wildcards, section, key):
    """The user's own file at a key of a set of reviews as a path, or None."""
    path = config["reviews"][wildcards.dataset][section][key]
    return path and locations.below_data_root(config, path)


def reviews_file(section, key):
    """Parameter function: that file, where the input named by its key lies."""
    return lambda wildcards, input: as_it_lies(
        input.get(key), configured_reviews_file(wildcards, section, key)
    )


def reviews_file_if_present(section, key):
    """Input function: that file, or nothing where it is absent (the job then says so)."""
    return lambda wildcards: used_in_place(configured_reviews_file(wildcards, section, key))


def members_runs(role):
    """Input function: what the members of the ensemble said on a role's reviews."""
    return lambda wildcards: [
        f"results/reviews/{wildcards.dataset}/{member}/runs_{role}.csv"
        for member in reviews_plan.members(config, wildcards.dataset)
    ]


wildcard_constraints:
    dataset=r"[a-z][a-z0-9_]*",
    backbone=r"[a-z][a-z0-9_]*",
    network=r"[a-z][a-z0-9_]*",
    split="grouped|random",
    part=r"(labelled|test)(_pass[1-9]\d*)?",
    shard=r"\d+",
    fold=r"\d+",
    round=r"\d+",
    protocol=r"[a-z0-9_]+",
    vectors="random|text|glove",
