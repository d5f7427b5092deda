"""What the full-size data sets would cost: jobs from their plans, seconds from measured rates.

A job of a rule takes the processor seconds that docs/measured_resources.csv holds for it (its
costliest job in runs on smaller data), times how much more it reads at full size. The growths below
say what that is; a rule that is not named reads as much as it did. Extraction is reckoned by the
picture, models of ratings by how often the configuration has them go through the ratings. Nothing
here was run at full size.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from practical_dl.movies import plan as movies_plan

CORES = 2
NODES = 64

# Measured: 296 photos of 640x480 in 30.3 processor seconds (bfloat16, OpenVINO; shard 0 of VGG16).
VGG16_SECONDS = 30.3 / 296
# Measured: shards of 2,183 pictures, an augmented pass 22 s and the clean one 16 s.
AUGMENTING_SECONDS = 6 / 2183
# Measured: manifest of 772 photos of 640x480.
MANIFEST_SECONDS = 1.54 / 772
VGG16_BYTES = 14 * 14 * 512 * 2
# No GPU was at hand. 50 TFLOP/s sustained in bfloat16 (30.7 GFLOP a picture) is an assumption, and
# so is that Keras trains ten times as fast on it as on two cores.
GPU_PICTURES_A_SECOND = 50e12 / 30.7e9
GPU_OVER_TWO_CORES = 10

LABELLED, TEST, PASSES = 22_424, 79_726, 5
# Stores that rules were measured on: 17,463 labelled pictures of 7x7x1024, 8,961 of the test.
MEASURED_STORE = 17_463 * 7 * 7 * 1024 * 2
STORE = LABELLED * VGG16_BYTES
PLACES = (14 * 14) / (7 * 7)
PICTURES = (LABELLED + TEST) / (17_463 + 8_961)
MEASURED_RATINGS, RATINGS = 100_836, 32_000_204
# Measured: a pass of the sampler over a million planted ratings, rank 16: 0.49 processor seconds.
SAMPLED_SECONDS = 0.49e-6
# Measured: 200 passes of content alone over the training ratings of ml-latest-small.
CONTENT_SECONDS = 11 / (200 * 80_669)
# Measured: the shrinkages of the biases chosen on the same rows.
BIAS_SECONDS = 3 / 80_669
# Measured: a training step of the lesson's models with the 288,533 users and movies of MovieLens
# 32M takes 0.08 processor seconds at 1,024 ratings and 0.20 at 32,768. The penalty and Adam go
# through all factors at every step, whatever the batch.
STEP_SECONDS, STEP_RATING_SECONDS = 0.08, 3.8e-6
# A model is trained until its best epoch is known, then anew.
TRAININGS = 2
LESSON_SCHEDULES = ("dot_schedule", "schedule", "schedule", "net_schedule")
MEASURED_REVIEWS, REVIEWS = 50_000, 100_000

ON_FEATURES = ("fit_head", "fit_augmented_head")
ON_REDUCED = ("fit_grid_head", "fit_linear_models", "find_neighbours", "fit_group_models")


@dataclass(frozen=True)
class Cost:
    """Jobs, bytes on disk, and hours on two cores, with one GPU beside them, on 64 such nodes."""

    name: str
    jobs: int
    gigabytes: float
    two_cores: float
    gpu: float
    nodes: float


# By rule (* is any other): how much more it reads at full size than where it was measured.
GROWTH: dict[str, dict[str, float]] = {
    "images": {
        **dict.fromkeys(ON_FEATURES, STORE / MEASURED_STORE),
        **dict.fromkeys(ON_REDUCED, PICTURES * PLACES),
        **dict.fromkeys(("reduce_features", "reduce_pass"), PICTURES * PLACES),
    },
    "movies": {"*": RATINGS / MEASURED_RATINGS},
    "reviews": {"*": REVIEWS / MEASURED_REVIEWS},
}


def cost(
    name: str,
    pipeline: str,
    gigabytes: float,
    jobs: Mapping[str, int],
    measured: pd.DataFrame,
    rules: Mapping[str, Any],
    known: Mapping[str, float] | None = None,
) -> Cost:
    """The cost of a plan; rules are taken to run one after the other, their jobs beside each other.

    Args:
        jobs: by rule, from the plan.
        measured: rule and cpu_seconds of a job.
        rules: the workflow's rules, to tell those that run Keras.
        known: processor seconds of all jobs of the rules that are reckoned apart.
    """
    seconds = measured.set_index("rule")["cpu_seconds"]
    growth = GROWTH[pipeline]
    two_cores = gpu = nodes = 0.0
    for rule, count in jobs.items():
        whole = count * float(seconds.get(rule, 1)) * growth.get(rule, growth.get("*", 1.0))
        whole = (known or {}).get(rule, whole)
        quick = whole / GPU_OVER_TWO_CORES if _runs_keras(rules[rule]) else whole
        if rule == "extract_features":
            whole, quick = extraction()
        if rule == "make_manifest":
            whole = quick = MANIFEST_SECONDS * (LABELLED + TEST)
        two_cores += whole / CORES
        gpu += quick / CORES
        nodes += whole / CORES / count * math.ceil(count / NODES)
    return Cost(name, sum(jobs.values()), gigabytes, two_cores / 3600, gpu / 3600, nodes / 3600)


def extraction() -> tuple[float, float]:
    """Processor seconds of all passes of the competition, and twice those of one GPU."""
    pictures = LABELLED + TEST + PASSES * LABELLED
    augmented = PASSES * LABELLED * AUGMENTING_SECONDS
    return pictures * VGG16_SECONDS + augmented, CORES * pictures / GPU_PICTURES_A_SECOND


def rating_seconds(definition: Mapping[str, Any]) -> dict[str, float]:
    """Processor seconds by rule of the models of MovieLens 32M, with a data set's settings."""
    bayes, lesson = definition["bayes"], definition["lesson"]
    trained = definition["split"]["train_share"] * RATINGS
    passes = bayes["burn_in"] + bayes["samples"]
    sampled = passes * bayes["chains"] * trained * SAMPLED_SECONDS
    content = passes * trained * CONTENT_SECONDS
    bias = trained * BIAS_SECONDS
    epochs = sum(count for name in LESSON_SCHEDULES for count, _ in lesson[name])
    splits = movies_plan.protocols({"movies": {"": definition}}, "")
    step = STEP_SECONDS / lesson["batch_size"] + STEP_RATING_SECONDS
    return {
        "fit_baselines": bias + content,
        "fit_bayes": 4 * sampled,
        "fit_recommender": passes * RATINGS * SAMPLED_SECONDS,
        "fit_protocol": len(splits) * (2 * sampled + bias),
        "measure_content_help": sum(definition["content_shares"]) * (3 * sampled + content),
        "fit_lesson_models": TRAININGS * epochs * trained * step,
    }


def store_gigabytes() -> float:
    """Features of every picture once and of the labelled ones five times more."""
    return (LABELLED * (1 + PASSES) + TEST) * VGG16_BYTES / 1e9


def _runs_keras(rule: Any) -> bool:
    return str(rule.conda_env or "").endswith("tensorflow.yaml")
