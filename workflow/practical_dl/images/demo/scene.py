"""Invented drivers and their cars: the numbers behind the demo photos.

Lengths and places are in scene units: a photo shows 96 by 72 of them before the camera moves,
x to the right, y down. The camera stands on the passenger's side, as in the State Farm
competition, so that the driver faces right and the right arm is the near one.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

Colour = tuple[float, float, float]
Point = tuple[float, float]

WIDTH, HEIGHT = 96, 72
CAMERA_SHIFT = 8.0  # scene units to either side: what shifted pictures prepare a network for
CLASSES = (
    "safe driving",
    "texting right",
    "phone right",
    "texting left",
    "phone left",
    "operating the radio",
    "drinking",
    "reaching behind",
    "hair and makeup",
    "talking to passenger",
)
HAIR_STYLES = {"short": 0.38, "long": 0.28, "bun": 0.12, "bald": 0.08, "cap": 0.14}
SKINS: tuple[Colour, ...] = (
    (244, 208, 184),
    (228, 180, 148),
    (198, 142, 108),
    (150, 100, 72),
    (98, 64, 48),
)
HAIRS: tuple[Colour, ...] = (
    (28, 22, 20),
    (70, 44, 28),
    (128, 84, 48),
    (208, 172, 104),
    (168, 166, 164),
)


@dataclass(frozen=True)
class Looks:
    """The looks of a driver; girth, head and tallness are factors around 1."""

    skin: Colour
    hair: Colour
    hair_style: str
    top: Colour
    stripes: Colour | None
    long_sleeves: bool
    trousers: Colour
    girth: float
    head: float
    tallness: float
    glasses: bool
    beard: bool
    belt: bool
    cup: Colour


@dataclass(frozen=True)
class Car:
    """Colours of the interior, places of its parts, and what is seen through the window.

    `scenery` holds left edge, top, width and colour of each thing outside.
    """

    seat: Colour
    trim: Colour
    rim: Colour
    sky: Colour
    ground: Colour
    horizon: float
    scenery: tuple[tuple[float, float, float, Colour], ...]
    wheel: Point
    pillar: float
    sill: float


@dataclass(frozen=True)
class Camera:
    """Shift in scene units, scale, and rotation in degrees around the middle of the scene."""

    shift: Point
    scale: float
    rotation: float


@dataclass(frozen=True)
class Light:
    """Gains of the colour channels, gamma, and a gradient: its direction (radians) and depth."""

    gains: Colour
    gamma: float
    direction: float
    depth: float


@dataclass(frozen=True)
class Driver:
    """One driver in one car, filmed by one camera; (seed, index) decides all that varies."""

    seed: int
    index: int
    looks: Looks
    car: Car
    camera: Camera
    light: Light


class Stream(IntEnum):
    """The uses of streams of random numbers; each stream is independent of the others."""

    DRIVER = 1
    HABIT = 2
    JITTER = 3
    PLACE = 4
    NOISE = 5
    QUIRK = 6


def random_stream(seed: int, index: int, stream: Stream, *parts: int) -> np.random.Generator:
    """Generator of `stream` for driver (seed, index), and for a class and frame in `parts`."""
    return np.random.default_rng([seed, index, stream, *parts])


def make_driver(seed: int, index: int) -> Driver:
    """Invent driver `index` of the series `seed`; equal numbers give an equal driver."""
    rng = random_stream(seed, index, Stream.DRIVER)
    return Driver(
        seed=seed,
        index=index,
        looks=_make_looks(rng),
        car=_make_car(rng),
        camera=Camera(
            shift=(rng.uniform(-CAMERA_SHIFT, CAMERA_SHIFT), rng.normal(0, 0.8)),
            scale=rng.uniform(0.98, 1.06),
            rotation=rng.normal(0, 1),
        ),
        light=_make_light(rng),
    )


def head_rest(driver: Driver) -> Point:
    """Where the middle of the driver's head is while nothing moves it."""
    return 35.0, 20.0 - 9.0 * (driver.looks.tallness - 1)


def _make_looks(rng: np.random.Generator) -> Looks:
    style = str(rng.choice(list(HAIR_STYLES), p=list(HAIR_STYLES.values())))
    cloth = rng.uniform(25, 120)
    return Looks(
        skin=_vary(SKINS[rng.integers(len(SKINS))], 8, rng),
        hair=_vary(HAIRS[rng.integers(len(HAIRS))], 10, rng),
        hair_style=style,
        top=_muted_colour(rng),
        stripes=_muted_colour(rng) if rng.random() < 0.3 else None,
        long_sleeves=bool(rng.random() < 0.55),
        trousers=_vary((cloth, cloth, 1.2 * cloth), 8, rng),
        girth=rng.uniform(0.82, 1.25),
        head=rng.uniform(1.0, 1.28),
        tallness=rng.uniform(0.8, 1.25),
        glasses=bool(rng.random() < 0.3),
        beard=bool(style in ("short", "bald", "cap") and rng.random() < 0.35),
        belt=bool(rng.random() < 0.8),
        cup=_vary((215, 40, 30), 15, rng),
    )


def _make_car(rng: np.random.Generator) -> Car:
    trim = rng.uniform(30, 70)
    seat = rng.uniform(40, 110)
    return Car(
        seat=_vary((seat, 0.96 * seat, 0.9 * seat), 12, rng),
        trim=_vary((trim, trim, 1.03 * trim), 8, rng),
        rim=_vary((36, 36, 38), 6, rng),
        sky=_vary((212, 224, 236), 14, rng),
        ground=_vary((132, 144, 112), 22, rng),
        horizon=rng.uniform(12, 30),
        scenery=tuple(
            (rng.uniform(0, 110), rng.uniform(2, 22), rng.uniform(4, 18), _muted_colour(rng))
            for _ in range(rng.integers(4, 9))
        ),
        wheel=(78 + rng.normal(0, 1.8), 33 + rng.normal(0, 1.8)),
        pillar=rng.uniform(20, 66),
        sill=rng.uniform(34, 44),
    )


def _make_light(rng: np.random.Generator) -> Light:
    brightness = rng.uniform(0.85, 1.15)
    warmth = rng.normal(0, 0.03)
    tint = rng.normal(0, 0.015)
    return Light(
        gains=(brightness * (1 + warmth), brightness * (1 + tint), brightness * (1 - warmth)),
        gamma=rng.uniform(0.9, 1.15),
        direction=rng.uniform(0, 2 * np.pi),
        depth=rng.uniform(0.02, 0.2),
    )


def _vary(colour: Colour, spread: float, rng: np.random.Generator) -> Colour:
    red, green, blue = np.clip(np.asarray(colour) + rng.normal(0, spread, 3), 0, 255).tolist()
    return red, green, blue


def _muted_colour(rng: np.random.Generator) -> Colour:
    grey = rng.uniform(35, 215)
    return _vary((grey, grey, grey), 32, rng)
