"""Augmentation: the affine map against hand-computed pixels, and what each type may change."""

from pathlib import Path

import numpy as np
import pytest
import yaml

from practical_dl.images.pictures import augmentation
from practical_dl.images.pictures.augmentation import (
    TYPES,
    Type,
    affine_rows,
    augment,
    changed_by,
    drawn,
    stream,
)
from practical_dl.settings import configuration

tf = pytest.importorskip("tensorflow")

SIZE = (8, 10)


def draws_of(value: float, rows: int = 1) -> dict[str, np.ndarray]:
    return {name: np.full((rows, kind.draws), value, np.float32) for name, kind in TYPES.items()}


def picture() -> np.ndarray:
    """Each pixel tells its place: red its column, green its row, times ten."""
    y, x = np.mgrid[: SIZE[0], : SIZE[1]]
    return np.stack([10 * x, 10 * y, np.full(SIZE, 100)], axis=-1)[None].astype(np.uint8)


def changed(amounts: dict[str, float], draw: float = 1.0) -> np.ndarray:
    return changed_by(picture(), amounts, draws_of(draw)).numpy()[0]


def source_of(amounts: dict[str, float], x: float, y: float, draw: float = 1.0) -> list[float]:
    """Where the pixel (x, y) of the output comes from."""
    a0, a1, a2, b0, b1, b2, *_ = affine_rows(amounts, draws_of(draw), *SIZE).numpy()[0]
    return [a0 * x + a1 * y + a2, b0 * x + b1 * y + b2]


def test_without_amounts_nothing_changes() -> None:
    assert np.array_equal(changed({}), picture()[0])
    assert np.array_equal(changed({"rotation": 0.0, "brightness": 0.0}), picture()[0])


def test_a_width_shift_is_a_share_of_the_width_and_repeats_the_edge() -> None:
    shifted = changed({"width_shift": 0.2})
    assert shifted[0, :, 0].tolist() == [20, 30, 40, 50, 60, 70, 80, 90, 90, 90]
    assert np.array_equal(shifted[..., 1], picture()[0, ..., 1])
    assert changed({"width_shift": 0.2}, -1.0)[0, :3, 0].tolist() == [0, 0, 0]


def test_a_height_shift_is_a_share_of_the_height() -> None:
    shifted = changed({"height_shift": 0.25})
    assert shifted[:, 0, 1].tolist() == [20, 30, 40, 50, 60, 70, 70, 70]
    assert np.array_equal(shifted[..., 0], picture()[0, ..., 0])


def test_a_quarter_turn_keeps_the_centre() -> None:
    assert source_of({"rotation": 90.0}, 4.5, 3.5) == pytest.approx([4.5, 3.5])
    assert source_of({"rotation": 90.0}, 5.5, 3.5) == pytest.approx([4.5, 4.5])


def test_a_zoom_moves_pixels_away_from_the_centre_alike() -> None:
    assert source_of({"zoom": 0.5}, 6.5, 5.5) == pytest.approx([4.5 + 3, 3.5 + 3])
    assert source_of({"zoom": 0.5}, 6.5, 5.5, -1.0) == pytest.approx([4.5 + 1, 3.5 + 1])


def test_a_shear_moves_rows_against_each_other() -> None:
    x, y = source_of({"shear": 0.3}, 4.5, 5.5)
    assert x == pytest.approx(4.5 - 2 * np.sin(0.3))
    assert y == pytest.approx(3.5 + 2 * np.cos(0.3))


def test_geometric_types_are_composed_as_in_the_lesson() -> None:
    """Zoom and flip first, then shear, then rotation about the centre; the shifts come last."""
    amounts = {"zoom": 0.5, "shear": 0.3, "rotation": 20.0, "width_shift": 0.2, "height_shift": 0.1}
    angle, shear, zoom = np.radians(20), 0.3, 1.5
    right, down = 2 * zoom, 1 * zoom
    assert source_of(amounts, 6.5, 4.5) == pytest.approx(
        [
            4.5 + np.cos(angle) * right - np.sin(angle + shear) * down + 0.2 * SIZE[1],
            3.5 + np.sin(angle) * right + np.cos(angle + shear) * down + 0.1 * SIZE[0],
        ]
    )


def test_a_flip_mirrors_the_share_of_pictures_that_it_names() -> None:
    rows = {"flip": np.linspace(-1, 1, 1000, dtype=np.float32)[:, None]}
    mirrored = affine_rows({"flip": 0.5}, rows, *SIZE).numpy()[:, 0] < 0
    assert mirrored.sum() == 500
    assert np.array_equal(changed({"flip": 1.0}, 0.0), picture()[0, :, ::-1])


def test_colours_shift_and_scale_and_stay_within_bounds() -> None:
    assert changed({"channel_shift": 20.0})[..., 2].tolist() == np.full(SIZE, 120).tolist()
    assert changed({"channel_shift": 20.0}, -1.0)[0, 0].tolist() == [0, 0, 80]
    assert changed({"brightness": 0.5})[0, 0].tolist() == [0, 0, 150]
    assert changed({"brightness": 0.5}, -1.0)[0, 0].tolist() == [0, 0, 50]
    assert changed({"channel_shift": 200.0})[..., 2].max() == 255


@pytest.mark.parametrize("name", TYPES)
def test_every_type_changes_pictures_and_each_by_its_own_draws(name: str) -> None:
    pictures = np.repeat(picture(), 6, axis=0)
    out = augment(pictures, {name: 0.5 if name != "channel_shift" else 30.0}, [1, 2]).numpy()
    assert out.shape == pictures.shape
    assert out.dtype == np.float32
    assert (out >= 0).all()
    assert (out <= 255).all()
    assert len({one.tobytes() for one in out}) > 1


def test_equal_seeds_give_equal_pictures_and_others_do_not() -> None:
    amounts = {"rotation": 20.0, "channel_shift": 20.0}
    one, again, other = (
        augment(picture(), amounts, seed).numpy() for seed in ([1, 2], [1, 2], [1, 3])
    )
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_no_type_moves_the_draws_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    amounts = {"rotation": 15.0, "zoom": 0.2}
    before = drawn(amounts, 5, [1, 2])
    blur = Type("pixels", draws=4, recolours=lambda pictures, *_: pictures)
    monkeypatch.setattr(augmentation, "TYPES", {"blur": blur, **TYPES})
    after = drawn({"blur": 1.0, "flip": 0.5, **amounts}, 5, [1, 2])
    assert sorted(after) == ["blur", "flip", "rotation", "zoom"]
    for name, draws in before.items():
        assert np.array_equal(after[name], draws)
    assert not np.array_equal(after["zoom"][:, :1], after["rotation"])


def test_streams_are_of_names_and_all_different() -> None:
    assert stream("rotation") == stream("rotation")
    assert len({stream(name) for name in TYPES}) == len(TYPES)


def test_every_type_changes_places_or_colours() -> None:
    for name, kind in TYPES.items():
        assert (kind.moves is None) != (kind.recolours is None), name


def test_the_schema_names_these_types() -> None:
    path = Path(configuration.__file__).parents[2] / "schemas" / "images.schema.yaml"
    properties = yaml.safe_load(path.read_text())["properties"]
    levels = properties["augmentation"]["properties"]["levels"]["properties"]
    passes = properties["backbones"]["additionalProperties"]["properties"]["augmentation"]
    assert set(levels) == set(TYPES) - {"flip"}
    assert set(passes["properties"]) == set(TYPES)
