"""Augmentation: the affine map against hand-computed pixels, and what each type may change."""

import numpy as np
import pytest

from practical_dl.images.pictures.changes import DRAWS, UNITS, affine_rows, augment, changed_by

tf = pytest.importorskip("tensorflow")

SIZE = (8, 10)


def draws_of(value: float, rows: int = 1) -> np.ndarray:
    return np.full((rows, DRAWS), value, np.float32)


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


def test_a_flip_mirrors_the_share_of_pictures_that_it_names() -> None:
    rows = np.zeros((1000, DRAWS), np.float32)
    rows[:, 6] = np.linspace(-1, 1, 1000)
    mirrored = affine_rows({"flip": 0.5}, rows, *SIZE).numpy()[:, 0] < 0
    assert mirrored.sum() == 500
    assert np.array_equal(changed({"flip": 1.0}, 0.0), picture()[0, :, ::-1])


def test_colours_shift_and_scale_and_stay_within_bounds() -> None:
    assert changed({"channel_shift": 20.0})[..., 2].tolist() == np.full(SIZE, 120).tolist()
    assert changed({"channel_shift": 20.0}, -1.0)[0, 0].tolist() == [0, 0, 80]
    assert changed({"brightness": 0.5})[0, 0].tolist() == [0, 0, 150]
    assert changed({"brightness": 0.5}, -1.0)[0, 0].tolist() == [0, 0, 50]
    assert changed({"channel_shift": 200.0})[..., 2].max() == 255


@pytest.mark.parametrize("name", UNITS)
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
