"""How invented drivers sit and what their hands do, class by class, each with habits of their own.

Places are in the scene units of `scene`.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from practical_dl.images.demo.scene import (
    CLASSES,
    Driver,
    Point,
    Stream,
    head_rest,
    random_stream,
)

Held = Literal["nothing", "phone", "cup", "brush"]

LOOK_ALIKES = (9, 5, 8, 0, 6, 1, 4, 9, 2, 0)
"""Of each class the one that a driver's habit may be halfway to."""
UNDECIDED = 0.12
MISTAKEN = 0.05
"""Shares of the habits that are halfway to another class, and another class's."""


@dataclass(frozen=True)
class Pose:
    """Where head and hands are and what they do.

    `head` is an offset from where the driver's head rests, `nod` turns the face down (degrees),
    `turn` is 0 for a face in profile and 1 for one that looks into the camera, `lean` moves the
    shoulders forward. `near_hand` and `far_hand` are places in the scene.
    """

    head: Point
    nod: float
    turn: float
    lean: float
    near_hand: Point
    far_hand: Point
    near_held: Held = "nothing"
    far_held: Held = "nothing"


def make_pose(driver: Driver, label: int, frame: int) -> Pose:
    """The pose of `driver` in class `label` (0..9) at `frame`, as the class should be.

    A driver has one habit for each class, unlike other drivers' habits; the frames of one
    driver and class differ from it as little as those of a video.
    """
    return _moved(driver, _class_pose(driver, label, _habit(driver, label)), label, frame)


def make_own_pose(driver: Driver, label: int, frame: int) -> Pose:
    """The same with the driver's quirks, as no class is shown by everybody as it should be.

    Some habits are halfway to another class, and a few are of another class altogether: whoever
    knows the driver is right all the same, and who does not should not be too sure.
    """
    return _moved(driver, _own_class_pose(driver, label), label, frame)


def _habit(driver: Driver, label: int) -> np.random.Generator:
    return random_stream(driver.seed, driver.index, Stream.HABIT, label)


def _moved(driver: Driver, pose: Pose, label: int, frame: int) -> Pose:
    """The pose changed by the driver's habit, and a little by the frame."""
    habit = random_stream(driver.seed, driver.index, Stream.HABIT, label, 1)
    jitter = random_stream(driver.seed, driver.index, Stream.JITTER, label, frame)
    return _move(_move(pose, habit, hands=2.2, angles=6), jitter, hands=0.5, angles=2)


def _own_class_pose(driver: Driver, label: int) -> Pose:
    """A driver's own way of a class: as it should be, halfway to its look-alike, or another's."""
    habit = _habit(driver, label)
    quirk = random_stream(driver.seed, driver.index, Stream.QUIRK, label)
    drawn = quirk.random()
    if drawn < MISTAKEN:
        other = (label + quirk.integers(1, len(CLASSES))) % len(CLASSES)
        return _class_pose(driver, int(other), habit)
    pose = _class_pose(driver, label, habit)
    if drawn < MISTAKEN + UNDECIDED:
        return _between(pose, _class_pose(driver, LOOK_ALIKES[label], habit))
    return pose


def _between(one: Pose, two: Pose) -> Pose:
    """Halfway between two poses, with empty hands."""

    def middle(first: Point, second: Point) -> Point:
        return (first[0] + second[0]) / 2, (first[1] + second[1]) / 2

    return Pose(
        head=middle(one.head, two.head),
        nod=(one.nod + two.nod) / 2,
        turn=(one.turn + two.turn) / 2,
        lean=(one.lean + two.lean) / 2,
        near_hand=middle(one.near_hand, two.near_hand),
        far_hand=middle(one.far_hand, two.far_hand),
    )


def _class_pose(driver: Driver, label: int, rng: np.random.Generator) -> Pose:
    head_x, head_y = head_rest(driver)
    wheel_x, wheel_y = driver.car.wheel
    low_grip = rng.random() < 0.4
    variant = rng.random()
    safe = Pose(
        head=(0, 0),
        nod=rng.normal(0, 5),
        turn=rng.uniform(0, 0.25),
        lean=0,
        near_hand=(wheel_x - 13, wheel_y + 16) if low_grip else (wheel_x - 4, wheel_y + 9),
        far_hand=(wheel_x - 4, wheel_y - 9),
    )
    match label:
        case 0:
            return safe
        case 1:
            return replace(safe, near_hand=(59, 44), near_held="phone", nod=18)
        case 2:
            return replace(safe, near_hand=(head_x + 1, head_y + 5), near_held="phone")
        case 3:
            return replace(safe, far_hand=(66, 35), far_held="phone", nod=14)
        case 4:
            return replace(safe, far_hand=(head_x + 9, head_y + 5), far_held="phone")
        case 5:
            return replace(safe, near_hand=(86, 56), nod=6)
        case 6:
            return replace(safe, near_hand=(head_x + 11, head_y + 9), near_held="cup", nod=-8)
        case 7:
            turn = 0.4 + 0.6 * variant
            return replace(safe, near_hand=(10, 58), head=(-3, 4), turn=turn, nod=10, lean=-4)
        case 8 if variant < 0.5:
            return replace(safe, near_hand=(head_x - 1, head_y - 7), nod=4)
        case 8:
            return replace(safe, near_hand=(head_x + 9, head_y + 1), near_held="brush", nod=-4)
        case 9:
            talking = replace(safe, turn=0.95, head=(2.5, 2), lean=2)
            return replace(talking, near_hand=(60, 52)) if variant < 0.3 else talking
        case _:
            raise ValueError(f"no class {label}")


def _move(pose: Pose, rng: np.random.Generator, hands: float, angles: float) -> Pose:
    """Change what a pose says at random; `hands` (scene units) and `angles` are deviations."""
    near, far, head = rng.normal(0, hands, (3, 2))
    return replace(
        pose,
        head=(pose.head[0] + 0.6 * head[0], pose.head[1] + 0.4 * head[1]),
        nod=pose.nod + rng.normal(0, angles),
        turn=float(np.clip(pose.turn + rng.normal(0, angles / 60), 0, 1)),
        lean=pose.lean + rng.normal(0, 0.4 * hands),
        near_hand=(pose.near_hand[0] + near[0], pose.near_hand[1] + near[1]),
        far_hand=(pose.far_hand[0] + far[0], pose.far_hand[1] + far[1]),
    )
