"""Draws the demo photos: shapes in scene units, seen through a camera, lit and noisy."""

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from practical_dl.images.demo.poses import Held, Pose, make_pose
from practical_dl.images.demo.scene import (
    HEIGHT,
    WIDTH,
    Camera,
    Car,
    Colour,
    Driver,
    Light,
    Looks,
    Point,
    Stream,
    head_rest,
    random_stream,
)

SUPERSAMPLING = 3
NOISE = 5.0
PHONE: Colour = (22, 22, 26)
SCREEN: Colour = (90, 215, 255)
BRUSH: Colour = (235, 70, 190)
RADIO: Colour = (90, 110, 120)
LIPS: Colour = (150, 60, 60)
LENS: Colour = (40, 40, 46)
BELT: Colour = (96, 96, 98)
ROUND_TRIP = 110.0  # scene units after which the scenery outside comes round again
ARM_PIECE = 21.0  # length of upper arm and of forearm, scene units

_TURNS = np.linspace(0, 2 * np.pi, 24, endpoint=False)
_CIRCLE = np.column_stack([np.cos(_TURNS), np.sin(_TURNS)])


def draw_photo(driver: Driver, label: int, frame: int) -> Image.Image:
    """Draw one frame of `driver` in class `label` (0..9): an RGB photo of 96 x 72 pixels."""
    return draw_pose(driver, make_pose(driver, label, frame), label, frame)


def draw_pose(driver: Driver, pose: Pose, label: int, frame: int) -> Image.Image:
    """The same in a `pose` of the driver's own."""
    place = random_stream(driver.seed, driver.index, Stream.PLACE, label)
    rng = random_stream(driver.seed, driver.index, Stream.NOISE, label, frame)
    canvas = Canvas(driver.camera)
    _draw_outside(canvas, driver.car, place.uniform(0, ROUND_TRIP) + rng.normal(0, 1.5))
    _draw_interior(canvas, driver.car)
    _draw_driver(canvas, driver, pose)
    return _expose(canvas.image.reduce(SUPERSAMPLING), driver.light, rng)


class Canvas:
    """Draws shapes given in scene units on a picture seen through a camera."""

    def __init__(self, camera: Camera) -> None:
        size = (WIDTH * SUPERSAMPLING, HEIGHT * SUPERSAMPLING)
        self.image = Image.new("RGB", size)
        self._draw = ImageDraw.Draw(self.image)
        self._matrix = SUPERSAMPLING * camera.scale * _rotation(camera.rotation)
        middle = np.array([WIDTH / 2, HEIGHT / 2])
        self._offset = SUPERSAMPLING * (middle + camera.shift) - middle @ self._matrix

    def polygon(self, points: Iterable[Point] | NDArray[np.float64], colour: Colour) -> None:
        self._draw.polygon(self._placed(points), fill=_rgb(colour))

    def ellipse(self, middle: Point, radii: Point, colour: Colour, tilt: float = 0) -> None:
        """`tilt` is in degrees."""
        self.polygon(_CIRCLE * radii @ _rotation(tilt) + middle, colour)

    def ring(
        self, middle: Point, radii: Point, thickness: float, colour: Colour, tilt: float
    ) -> None:
        outline = self._placed(_CIRCLE * radii @ _rotation(tilt) + middle)
        width = round(thickness * SUPERSAMPLING)
        self._draw.line(outline + outline[:4], _rgb(colour), width, joint="curve")

    def limb(self, joints: Sequence[Point], widths: Sequence[float], colour: Colour) -> None:
        """A chain of tapering pieces with round joints; `widths` are diameters at the joints."""
        for (start, thick), (end, thin) in pairwise(zip(joints, widths, strict=True)):
            (x, y), (u, v) = start, end
            scale = 0.5 / max(math.hypot(u - x, v - y), 1e-9)
            across_x, across_y = (y - v) * scale, (u - x) * scale
            self.polygon(
                [
                    (x + across_x * thick, y + across_y * thick),
                    (u + across_x * thin, v + across_y * thin),
                    (u - across_x * thin, v - across_y * thin),
                    (x - across_x * thick, y - across_y * thick),
                ],
                colour,
            )
        for joint, width in zip(joints, widths, strict=True):
            self.ellipse(joint, (width / 2, width / 2), colour)

    def _placed(self, points: Iterable[Point] | NDArray[np.float64]) -> list[float]:
        places: list[float] = (np.asarray(points) @ self._matrix + self._offset).ravel().tolist()
        return places


def _draw_outside(canvas: Canvas, car: Car, passed: float) -> None:
    """Sky, ground and scenery, which the car has passed by `passed` scene units."""
    canvas.polygon([(-30, -30), (130, -30), (130, car.horizon), (-30, car.horizon)], car.sky)
    canvas.polygon([(-30, car.horizon), (130, car.horizon), (130, 50), (-30, 50)], car.ground)
    for start, top, width, colour in car.scenery:
        left = (start + passed) % ROUND_TRIP - 10
        right = left + width
        hazy = _mix(colour, car.sky, 0.45)
        canvas.polygon([(left, top), (right, top), (right, 34), (left, 34)], hazy)


def _draw_interior(canvas: Canvas, car: Car) -> None:
    """Door, roof, pillars, dashboard, radio and seat."""
    sill, pillar, trim = car.sill, car.pillar, car.trim
    door = [(-30, sill - 6), (40, sill), (70, sill - 2), (130, sill - 10), (130, 110), (-30, 110)]
    canvas.polygon(door, trim)
    canvas.polygon([(-30, -30), (130, -30), (130, -4), (60, 2), (-30, 1)], _shade(trim, 0.8))
    canvas.polygon([(78, 0), (84, 0), (130, 34), (130, 44)], _shade(trim, 0.7))
    canvas.polygon(
        [(pillar, 0), (pillar + 4, 0), (pillar + 6, sill), (pillar + 1, sill)], _shade(trim, 0.85)
    )
    canvas.polygon([(66, 38), (130, 26), (130, 110), (76, 110)], _shade(trim, 0.62))
    canvas.polygon([(83, 50), (94, 48), (96, 57), (85, 59)], _shade(trim, 1.5))
    canvas.polygon([(85, 51.5), (92.5, 50), (93.5, 53.5), (86, 55)], RADIO)
    back = [(8, 22), (13, 17), (27, 20), (33, 40), (44, 78), (2, 110), (-2, 70)]
    canvas.polygon(back, car.seat)
    canvas.polygon([(12, 26), (16, 22), (20, 40), (26, 76), (20, 80)], _shade(car.seat, 1.18))
    canvas.limb([(17, 8), (20, 15)], (12, 13), _shade(car.seat, 0.9))


def _draw_driver(canvas: Canvas, driver: Driver, pose: Pose) -> None:
    """Everything from the wheel, behind which nothing is, to the near arm in front of all."""
    looks = driver.looks
    rest_x, rest_y = head_rest(driver)
    head = (rest_x + pose.head[0], rest_y + pose.head[1])
    near_shoulder = (28 + pose.lean, head[1] + 19)
    far_shoulder = (42 + pose.lean, head[1] + 16.5)
    _draw_wheel(canvas, driver.car)
    _draw_arm(canvas, looks, far_shoulder, pose.far_hand, pose.far_held, shade=0.82)
    canvas.limb([(34, 68), (66, 60), (84, 80)], (20 * looks.girth, 15, 12), looks.trousers)
    _draw_torso(canvas, looks, near_shoulder, far_shoulder)
    _draw_head(canvas, looks, head, pose)
    _draw_arm(canvas, looks, near_shoulder, pose.near_hand, pose.near_held, shade=1)


def _draw_wheel(canvas: Canvas, car: Car) -> None:
    x, y = car.wheel
    canvas.limb([(x, y), (x + 14, y + 6)], (7, 9), _shade(car.rim, 0.8))
    canvas.limb([(x - 1, y - 13), (x, y), (x - 3, y + 13)], (2, 3.5, 2), car.rim)
    canvas.ring((x, y), (7, 15), 2.6, car.rim, tilt=-8)


def _draw_torso(canvas: Canvas, looks: Looks, near: Point, far: Point) -> None:
    wide = 10 * looks.girth
    neck = (near[0] + far[0]) / 2
    outline = [
        (near[0] - 0.45 * wide, near[1] - 2),
        (neck - 3, near[1] - 8),
        (neck + 4, near[1] - 8),
        (far[0] + 0.25 * wide, far[1]),
        (45 + 0.6 * wide, 58),
        (44 + 0.5 * wide, 72),
        (26 - 0.4 * wide, 76),
        (25 - 0.3 * wide, 56),
    ]
    canvas.polygon(outline, looks.top)
    if looks.stripes:
        left, right = 26 - 0.2 * wide, 45 + 0.4 * wide
        for y in (near[1] + 7, near[1] + 15, near[1] + 23):
            canvas.polygon(
                [(left, y), (right, y - 2), (right, y + 1), (left, y + 3)], looks.stripes
            )
    if looks.belt:
        canvas.limb([(near[0] + 3, near[1] - 6), (46, 66)], (2.2, 2.2), BELT)


def _draw_head(canvas: Canvas, looks: Looks, head: Point, pose: Pose) -> None:
    """Neck, head, hair and face, which moves from profile to full view as the head turns."""
    size, skin, turn = looks.head, looks.skin, pose.turn
    rotation = size * _rotation(pose.nod)

    def place(forward: float, down: float) -> Point:
        x, y = (np.array([forward, down]) @ rotation + head).tolist()
        return x, y

    canvas.limb([place(-1, 4), (head[0] - 0.5, head[1] + 12)], (6, 7), _shade(skin, 0.85))
    if looks.hair_style == "long":
        canvas.limb([place(-3, -2), place(-4.5, 6), place(-4.5, 12)], (10, 9, 6), looks.hair)
    if looks.hair_style == "bun":
        canvas.ellipse(place(-7.5, -3), (3.2 * size, 3.2 * size), looks.hair)
    canvas.ellipse(place(0, 0), (6.3 * size, 7.6 * size), skin, pose.nod)
    front = 6.3 - 5.8 * turn
    canvas.ellipse(place(front, 1.2), (1.3 * size, 1.5 * size), _shade(skin, 0.93))
    if looks.beard:
        canvas.ellipse(place(3.4 - 3 * turn, 5), (3.6 * size, 3 * size), looks.hair, pose.nod)
    _draw_hair(canvas, looks, place, turn)
    for x in (front - 2.6, front - 2.6 + 5.4 * turn):
        canvas.ellipse(place(x, -1), (0.9 * size, 0.9 * size), _shade(skin, 0.25))
        if looks.glasses:
            canvas.ellipse(place(x, -0.6), (1.7 * size, 1.5 * size), LENS)
    mouth, opening = front - 1.6 + 1.4 * turn, 1.1 + 1.3 * turn
    canvas.limb([place(mouth - 1.3, 4.2), place(mouth + 1.1, 4.2)], (opening, opening), LIPS)


def _draw_hair(
    canvas: Canvas, looks: Looks, place: Callable[[float, float], Point], turn: float
) -> None:
    if looks.hair_style == "bald":
        return
    colour = looks.top if looks.hair_style == "cap" else looks.hair
    back = 1.28 * turn - 1.6
    outline = [
        place(back - 6.6 * math.sin(angle), -1 - 7.6 * math.cos(angle))
        for angle in np.linspace(math.pi / 2, -math.pi / 2, 14)
    ]
    outline += [place(back + 5.2, -3.4), place(back + 1.2, -3), place(back - 2.2, 2.6 - 3 * turn)]
    canvas.polygon([*outline, place(back - 5.4, 4)], colour)
    if looks.hair_style == "cap":
        peak = [place(3, -4), place(9.5 - 4 * turn, -3.2)]
        canvas.limb(peak, (2.2, 1.6), _shade(colour, 0.8))
    elif turn < 0.5:
        ear = (1.3 * looks.head, 1.8 * looks.head)
        canvas.ellipse(place(back - 1.4, 1.4), ear, _shade(looks.skin, 0.85))


def _draw_arm(
    canvas: Canvas, looks: Looks, shoulder: Point, hand: Point, held: Held, shade: float
) -> None:
    """Sleeve, forearm, hand and what it holds, the arm with a darker outline."""
    elbow = elbow_of(shoulder, hand)
    thick = 0.5 + 0.5 * looks.girth
    sleeve = _shade(looks.top, 0.92 * shade)
    skin = _shade(looks.skin, shade)
    forearm = sleeve if looks.long_sleeves else skin
    for outline, darkness in ((1.2, 0.72), (0.0, 1.0)):
        lower = (6.2 * thick + outline, 4.2 * thick + outline)
        upper = (9.0 * thick + outline, 6.8 * thick + outline)
        canvas.limb([elbow, hand], lower, _shade(forearm, darkness))
        canvas.limb([shoulder, elbow], upper, _shade(sleeve, darkness))
    _draw_held(canvas, held, hand, looks)
    canvas.ellipse(hand, (3.4, 3), _shade(skin, 0.75))
    canvas.ellipse(hand, (2.9, 2.5), skin)


def _draw_held(canvas: Canvas, held: Held, hand: Point, looks: Looks) -> None:
    x, y = hand
    if held == "phone":
        canvas.polygon([(x - 2, y - 9), (x + 5, y - 8), (x + 3, y + 4), (x - 4, y + 3)], PHONE)
        canvas.polygon([(x - 1, y - 8), (x + 4, y - 7), (x + 2.4, y + 2), (x - 3, y + 1)], SCREEN)
    elif held == "cup":
        top, bottom = y - 9, y + 5
        canvas.polygon(
            [(x - 5.5, top), (x + 5.5, top), (x + 4, bottom), (x - 4, bottom)], looks.cup
        )
        canvas.limb([(x - 5.2, top), (x + 5.2, top)], (1.8, 1.8), _shade(looks.cup, 0.7))
    elif held == "brush":
        canvas.limb([(x - 6, y - 6), (x + 4, y + 3)], (5, 3), BRUSH)


def elbow_of(shoulder: Point, hand: Point) -> Point:
    """Elbow of an arm of two pieces, bent downwards; a hand out of reach stretches the arm."""
    (x, y), (u, v) = shoulder, hand
    distance = max(math.hypot(u - x, v - y), 1e-6)
    bend = math.sqrt(max(ARM_PIECE**2 - distance**2 / 4, 0)) / distance
    down = math.copysign(bend, u - x)
    return (x + u) / 2 - (v - y) * down, (y + v) / 2 + (u - x) * down


def _expose(image: Image.Image, light: Light, rng: np.random.Generator) -> Image.Image:
    """Light the scene, add the sensor's noise and round to bytes."""
    response = (255 * (np.arange(256) / 255) ** light.gamma).astype(np.float32)
    across = math.cos(light.direction) * np.linspace(-1, 1, WIDTH)
    down = math.sin(light.direction) * np.linspace(-1, 1, HEIGHT)
    gradient = 1 + light.depth * (across + down[:, np.newaxis])
    shown = response[np.asarray(image)] * np.array(light.gains, dtype=np.float32)
    shown *= gradient.astype(np.float32)[:, :, np.newaxis]
    shown += NOISE * rng.standard_normal(shown.shape, dtype=np.float32)
    return Image.fromarray(np.clip(np.rint(shown), 0, 255).astype(np.uint8))


def _rotation(degrees: float) -> NDArray[np.float64]:
    """Matrix that turns row vectors from x (right) towards y (down)."""
    angle = math.radians(degrees)
    return np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])


def _rgb(colour: Colour) -> tuple[int, int, int]:
    red, green, blue = colour
    return min(round(red), 255), min(round(green), 255), min(round(blue), 255)


def _shade(colour: Colour, factor: float) -> Colour:
    return colour[0] * factor, colour[1] * factor, colour[2] * factor


def _mix(colour: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (a * (1 - share) + b * share for a, b in zip(colour, other, strict=True))
    return red, green, blue
