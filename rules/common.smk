"""What all rules share: the checked configuration, where sources lie, the hash of code.

REQUIRED INPUTS: the merged `config`
OUTPUTS: none
"""

import sys
from functools import cache
from pathlib import Path

from practical_dl.files.patterns import filled, of_each
from practical_dl.images.pictures.augmentation import NONE, TYPES
from practical_dl.images.plan import audit as audit_plan
from practical_dl.images.plan import backbones as backbone_plan
from practical_dl.images.plan import hidden_groups as hidden_plan
from practical_dl.images.plan import ladder as ladder_plan
from practical_dl.images.plan import models as model_plan
from practical_dl.images.plan import overfitting as overfitting_plan
from practical_dl.images.plan import pseudo_labels as pseudo_plan
from practical_dl.images.plan import rungs
from practical_dl.images.plan import sample as sample_plan
from practical_dl.images.plan import scratch as scratch_plan
from practical_dl.job.code_hash import SCRIPTS, code_hash
from practical_dl.job.errors import UserError
from practical_dl.job.made_files import all_made, doubts, require_places
from practical_dl.job.one_run import hold_folder
from practical_dl.job.script_hashes import script_hashes
from practical_dl.job.surroundings import require_own_package
from practical_dl.movies import paths as movies_paths
from practical_dl.movies import plan as movies_plan
from practical_dl.movies.models import rating_models
from practical_dl.overview.references import references_sum
from practical_dl.planning.following import follow
from practical_dl.reviews import paths as reviews_paths
from practical_dl.reviews import plan as reviews_plan
from practical_dl.settings import configuration, reading_order, targets, trials
from practical_dl.small.characters import plan as characters_plan
from practical_dl.small.characters.titles import TITLES
from practical_dl.sources import locations, states

try:
    if workflow.is_main_process:
        require_own_package(Path(workflow.basedir))
        require_places(made := all_made())
    locations.require_writable("results", "data")
    configuration.complete(config)
    locations.require_no_wildcards(config)
    locations.require_own_copies(config)
except UserError as error:
    sys.exit(f"error: {error}")

if workflow.is_main_process:
    for doubt in doubts(made):
        print(f"warning: {doubt}", file=sys.stderr)
    for key, path in locations.absent_sources(config).items():
        print(f"warning: {key}: {path} is not there", file=sys.stderr)
    follower = follow(workflow)


onstart:
    try:
        hold_folder()
    except UserError as error:
        follower.forget()
        sys.exit(f"error: {error}")


HASHES = script_hashes(Path(".snakemake/script_hashes.json"))


def code(script):
    """Content of a script and of the modules that it needs, for `params: code=`."""
    return HASHES[script]


def section(path, *keys):
    """Parameter function: a section of the configuration, or these keys of it alone.

    Name the keys that the script uses: another key of the section then re-runs nothing.
    """

    def read(wildcards):
        found = config
        for name in path.format(**wildcards).split("/"):
            found = found[name]
        return {key: found[key] for key in keys} if keys else found

    return read


def page(path, category, what, caption="question", subcategory="{dataset}"):
    """An output that the report shows under a category, in words, with a caption of its own."""
    caption = f"../../workflow/report/{caption}.rst"
    labels = {"what": what}
    return report(path, caption, category=category, subcategory=subcategory, labels=labels)


def overview_page(path, what, caption):
    """A page of the report's first category, which is of no data set."""
    caption = f"../workflow/report/{caption}.rst"
    return report(path, caption=caption, category="0 Overview", labels={"what": what})


def alike(pipeline, names):
    """Data sets of a pipeline for which `names(config, dataset)` is the same list, together.

    What a job writes is fixed before it runs. Where it depends on the configuration, a rule stands
    in a loop over this: one rule for each distinct list, which is nearly always one.

    Yields:
        A suffix for the rule's name (none for the first list), the list, and a constraint for
        the wildcard `dataset`. Empty lists are passed over.
    """
    sets = {}
    for dataset in config[pipeline]:
        sets.setdefault(tuple(names(config, dataset)), []).append(dataset)
    lists = [(found, datasets) for found, datasets in sets.items() if found]
    for number, (found, datasets) in enumerate(lists, start=1):
        yield f"_{number}" if number > 1 else "", list(found), one_of(datasets)


def memory(mb):
    """Resource function: megabytes of memory, as many again at every further attempt."""
    return lambda wildcards, attempt: attempt * mb


def memory_with_features(mb):
    """The same for a job that beside these holds features of a data set in memory."""
    return lambda wildcards, attempt: attempt * (
        mb + config["images"][wildcards.dataset]["head"]["memory_mb"]
    )


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


def path_of_input(given, path):
    """Where the input of a path lies; a module's prefix or a storage may have moved it."""
    return str(given[0]) if given else path


def if_present(path, parts=(".",), manifest=None, below=""):
    """Inputs of a path: a file that rules make, or the user's own where it is; else none.

    The user's own comes with the file of its state: its own time tells too little. The manifest
    lists what lies at the path `below` a folder of that name.
    """
    if path is None:
        return []
    if path.startswith(("results/", "data/")):
        return [path]
    if not Path(path).exists():
        return []
    return [ancient(local(path)), local(state_of(path, parts, manifest, below))]


@cache
def state_of(path, parts, manifest, below):
    """The file of a path's state, brought up to date once at every start of Snakemake."""
    if workflow.is_main_process:
        states.refresh_state(Path(path), parts, lambda: states.listed_hashes(manifest, below))
    return str(states.state_path(Path(path), parts))


def own_table(pipeline, key):
    """Input function: a table of a source beside its first one, where it is named and there."""
    return lambda wildcards: if_present(
        locations.table_paths(config, pipeline, wildcards.dataset).get(key)
    )


def source_path(pipeline):
    """Parameter function: the source of a definition as a path."""
    return lambda wildcards, input: path_of_input(
        input.source, locations.source_path(config, pipeline, wildcards.dataset)
    )


@cache
def parts_of_source(pipeline, dataset):
    """The parts of a source that count; its folder is looked into once at a start of Snakemake."""
    return locations.source_parts(config, pipeline, dataset)


def source_if_present(pipeline):
    """Input function: the source, or nothing where it is absent (the job then says so)."""

    def inputs(wildcards):
        path = locations.source_path(config, pipeline, wildcards.dataset)
        parts = parts_of_source(pipeline, wildcards.dataset)
        return if_present(path, parts, f"results/{pipeline}/{wildcards.dataset}/manifest.csv")

    return inputs


def source_state(pipeline):
    """Input function: the state of the user's own source, for jobs that read what is unpacked."""
    return lambda wildcards: source_if_present(pipeline)(wildcards)[1:]


def text_and_symbols(wildcards, input):
    """Parameter function: which text is learned, and how it becomes symbols in three parts."""
    keys = ("lower_case", "vocabulary", "inner_share", "held_out_share")
    definition = config["characters"][wildcards.dataset]
    path = path_of_input(input.text, locations.source_path(config, "characters", wildcards.dataset))
    return {"path": path, **{key: definition[key] for key in keys}}


def configured_reviews_file(wildcards, section, key):
    """The user's own file at a key of a set of reviews as a path, or None."""
    return locations.reviews_file(config, wildcards.dataset, section, key)


def reviews_file(section, key):
    """Parameter function: that file, where the input named by its key lies."""
    return lambda wildcards, input: path_of_input(
        input.get(key), configured_reviews_file(wildcards, section, key)
    )


def reviews_file_if_present(section, key):
    """Input function: that file, or nothing where it is absent (the job then says so)."""
    return lambda wildcards: if_present(configured_reviews_file(wildcards, section, key))


wildcard_constraints:
    dataset=one_of(name for pipeline in configuration.PIPELINES for name in config[pipeline]),
    backbone=r"[a-z][a-z0-9_]*",
    network=r"[a-z][a-z0-9_]*",
    model=r"[A-Za-z0-9_.-]+",
    split="grouped|random",
    part=r"(labelled|test)(_pass[1-9]\d*)?",
    shard=r"\d+",
    fold=r"\d+",
    round=r"\d+",
    draw=r"\d+",
    protocol=r"[a-z0-9_]+",
