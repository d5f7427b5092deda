"""What the rules of pictures share: which files of which backbone a stage reads.

REQUIRED INPUTS: the merged `config`
OUTPUTS: none
"""


def image_pages(titles):
    """Outputs of pages of an image set, by name; `titles` says what each one shows."""
    return {
        name: page(f"results/images/{{dataset}}/pages/{name}.html", "1 Images", what)
        for name, what in titles.items()
    }


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
    return lambda wildcards: (
        f"results/images/{wildcards.dataset}/{kind}/{backbone_read_by(reader, wildcards)}/{name}"
    )


def shards_read_by(reader):
    """Input function: the shards of the labelled features of the backbone that a stage reads."""
    return lambda wildcards: shards_of_backbone(
        wildcards.dataset, backbone_read_by(reader, wildcards), "labelled"
    )


def graph_of_backbone(wildcards):
    """Input function: the frozen network, or the one in eight bits with its weights."""
    is_int8 = backbone_settings(wildcards)["precision"] == "int8"
    names = ["backbone_int8.xml", "backbone_int8.bin"] if is_int8 else ["backbone.pb"]
    return [f"results/images/{{dataset}}/features/{{backbone}}/{name}" for name in names]


def swept_amounts(wildcards):
    """Input function: the sweep's choice, for an augmented pass that is to follow it."""
    follows = backbone_settings(wildcards)["amounts_from"] == "sweep" and "_pass" in wildcards.part
    return ["results/images/{dataset}/augmentation/best.yaml"] if follows else []


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
        "results/images/{dataset}/features/{backbone}/{part}.h5",
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
    return where_tested(wildcards, "results/images/{dataset}/reduced/{backbone}/test.h5")


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
        grid = config["images"][wildcards.dataset]["grid"]
        asked = part == "labelled" or (grid["test_passes"] and reduced_test(wildcards))
        stored = backbone_settings(wildcards)["passes"]
        used = range(stored) if wildcards.features == "augmented" and asked else ()
        folder = "results/images/{dataset}/reduced/{backbone}"
        return [f"{folder}/{part}_pass{number + 1}.h5" for number in used]

    return find


def models_of(wildcards, names, file):
    """A file of each model that `names` (a function of model_plan) names."""
    return model_plan.files_of(wildcards.dataset, names(config, wildcards.dataset), file)
