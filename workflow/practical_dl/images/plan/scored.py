"""Everything of an image set that is scored: one list, in the order of the table of scores."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from practical_dl.files.patterns import filled
from practical_dl.images import paths, titles
from practical_dl.images.plan import models as model_plan
from practical_dl.images.plan import pseudo_labels as pseudo_plan
from practical_dl.images.plan import sample as sample_plan
from practical_dl.images.plan import scratch as scratch_plan
from practical_dl.sources import locations

Config = Mapping[str, Any]

CLASSES, GAIN, LEAK, TRUTH, WRITTEN = "classes", "gain", "leak", "truth", "written"
GROUPED_SPLIT, OUT_OF_FOLD = "valid (grouped split)", "out of fold"


@dataclass(frozen=True)
class Scored:
    """One row of the table of scores, and the files behind it: patterns that hold {dataset}.

    kind: classes (log loss and accuracy), gain (`predictions` against those of the `control`, row
    by row), leak (by a random split against the `control` by groups), truth (a submission against
    the classes that the demo knows) or written (`metrics` are there already). benchmark: of the job
    that trained the model. held_out: the part of the held-out pictures, where not all are scored.
    """

    title: str
    part: str
    metrics: str
    kind: str = CLASSES
    predictions: str | None = None
    control: str | None = None
    benchmark: str | None = None
    held_out: str | None = None


def scored(config: Config, dataset: str) -> list[Scored]:
    """All that the configuration makes of an image set."""
    return [
        *_heads(model_plan.backbone(config, dataset)),
        *_passes(config, dataset),
        *_fine_tuning(config, dataset),
        *_models(config, dataset),
        *_pseudo_labels(config, dataset),
        *_distillation(config, dataset),
        *_sample(config, dataset),
        *_scratch(config, dataset),
        *_truth(config, dataset),
    ]


def records(config: Config, dataset: str) -> list[dict[str, Any]]:
    """The same, as a rule's parameter."""
    return [asdict(one) for one in scored(config, dataset)]


def files_read(found: Sequence[Scored]) -> list[str]:
    """All files that are scored, or were, each once."""
    files = [
        path
        for one in found
        for path in ((one.metrics,) if one.kind == WRITTEN else (one.predictions, one.control))
    ]
    return list(dict.fromkeys(path for path in files if path is not None))


def files(config: Config, dataset: str) -> list[str]:
    """These files of an image set, in their order."""
    return [path.format(dataset=dataset) for path in files_read(scored(config, dataset))]


def metrics_written(config: Config, dataset: str) -> list[str]:
    """The metrics that scoring makes: patterns."""
    return [one.metrics for one in scored(config, dataset) if one.kind != WRITTEN]


def _heads(backbone: str) -> Iterator[Scored]:
    folder = filled(paths.HEAD, backbone=backbone)
    title, benchmark = titles.of_head(backbone), f"{paths.BENCHMARKS}/fit_head_{backbone}.tsv"
    grouped, random = (f"{folder}/{split}/predictions.csv" for split in ("grouped", "random"))
    for split, predictions in (("grouped", grouped), ("random", random)):
        part, metrics = f"valid ({split} split)", f"{folder}/{split}/metrics.json"
        yield Scored(title, part, metrics, CLASSES, predictions, benchmark=benchmark)
    yield Scored(title, "random minus grouped split", f"{folder}/leak.json", LEAK, random, grouped)


def _passes(config: Config, dataset: str) -> Iterator[Scored]:
    if not config["images"][dataset]["head"]["passes"]:
        return
    backbone = model_plan.backbone(config, dataset)
    folder = filled(paths.PASSES, backbone=backbone)
    benchmark = f"{paths.BENCHMARKS}/fit_augmented_head_{backbone}.tsv"
    yield from _variants(folder, titles.PASSES, backbone, benchmark)
    yield _gain(
        titles.of_head(backbone), "augmented minus clean passes", folder, "augmented", "clean"
    )


def _fine_tuning(config: Config, dataset: str) -> Iterator[Scored]:
    backbone = config["images"][dataset]["fine_tuning"]["backbone"]
    if backbone is None:
        return
    folder = filled(paths.FINE_TUNING, backbone=backbone)
    benchmark = f"{paths.BENCHMARKS}/fine_tune_{backbone}.tsv"
    yield from _variants(folder, titles.FINE_TUNING, backbone, benchmark)
    for variant in ("tuned", "batch_norm"):
        part, metrics = f"{variant} minus frozen", f"{folder}/{variant}_gain.json"
        technique, control = (f"{folder}/{name}.csv" for name in (variant, "frozen"))
        yield Scored(f"fine-tuned {backbone}", part, metrics, GAIN, technique, control)


def _variants(
    folder: str, named: Mapping[str, str], backbone: str, benchmark: str
) -> Iterator[Scored]:
    """Variants of one training, each in a file of its own, scored on the grouped split."""
    for name, words in named.items():
        yield Scored(
            words.format(backbone),
            GROUPED_SPLIT,
            f"{folder}/{name}.json",
            CLASSES,
            f"{folder}/{name}.csv",
            benchmark=benchmark,
        )


def _gain(title: str, part: str, folder: str, technique: str, control: str) -> Scored:
    files = (f"{folder}/{name}.csv" for name in (technique, control))
    return Scored(title, part, f"{folder}/gain.json", GAIN, *files)


def _models(config: Config, dataset: str) -> Iterator[Scored]:
    if not model_plan.runs(config, dataset):
        return
    for name, benchmark in model_plan.benchmarks(config, dataset).items():
        yield _out_of_fold(name, benchmark)


def _out_of_fold(name: str, benchmark: str | None) -> Scored:
    folder = filled(paths.MODEL, model=name)
    return Scored(
        titles.title(name),
        OUT_OF_FOLD,
        f"{folder}/metrics.json",
        CLASSES,
        f"{folder}/out_of_fold.csv",
        benchmark=benchmark,
    )


def _pseudo_labels(config: Config, dataset: str) -> Iterator[Scored]:
    if not pseudo_plan.runs(config, dataset):
        return
    benchmark = pseudo_plan.last_benchmark(config, dataset)
    for name in pseudo_plan.models(config, dataset):
        yield _out_of_fold(name, benchmark)
    control = f"{filled(paths.MODEL, model='pseudo_none')}/out_of_fold.csv"
    for pool in pseudo_plan.pools(config, dataset):
        technique = f"{filled(paths.MODEL, model=f'pseudo_{pool}')}/out_of_fold.csv"
        for part in ("pool", "untouched") if pool != "test" else ("held_out",):
            yield Scored(
                titles.title(f"pseudo_{pool}"),
                f"minus control, {titles.PARTS[part]}",
                f"{paths.PSEUDO_LABELS}/gain_{pool}_{part}.json",
                GAIN,
                technique,
                control,
                held_out=part,
            )


def _distillation(config: Config, dataset: str) -> Iterator[Scored]:
    if not (pseudo_plan.runs(config, dataset) and pseudo_plan.distils(config, dataset)):
        return
    folder, benchmark = paths.DISTILLATION, f"{paths.BENCHMARKS}/distil.tsv"
    for name, taken in (
        ("pupil_true", benchmark),
        ("pupil_distilled", benchmark),
        ("teacher", None),
    ):
        predictions, metrics = (f"{folder}/{name}.{end}" for end in ("csv", "json"))
        yield Scored(
            titles.title(name), OUT_OF_FOLD, metrics, CLASSES, predictions, benchmark=taken
        )
    part = "distilled minus true labels"
    yield _gain("small network", part, folder, "pupil_distilled", "pupil_true")


def _sample(config: Config, dataset: str) -> Iterator[Scored]:
    for metrics, benchmark in sample_plan.metrics(config, dataset).items():
        yield Scored("", "", metrics, WRITTEN, benchmark=benchmark)


def _scratch(config: Config, dataset: str) -> Iterator[Scored]:
    for network in scratch_plan.networks(config, dataset):
        folder = filled(paths.SCRATCH, network=network)
        yield Scored(
            titles.of_scratch(network),
            GROUPED_SPLIT,
            f"{folder}/metrics.json",
            CLASSES,
            f"{folder}/predictions.csv",
            benchmark=f"{paths.BENCHMARKS}/fit_scratch.tsv",
        )


def _truth(config: Config, dataset: str) -> Iterator[Scored]:
    if locations.source_kind(config["images"][dataset])[0] == "demo":
        submission = f"{paths.RESULTS}/submission.csv"
        yield Scored("submission", "test (true labels)", paths.TRUE_SCORE, TRUTH, submission)
