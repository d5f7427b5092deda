"""What an audit sees of pictures: what copies share, and what is measured."""

import numpy as np
import pytest

from practical_dl.images.audit.looks import SIZE, look_at, unit_edges

HEIGHT, WIDTH = SIZE


def scene(seed: int) -> np.ndarray:
    """A smooth picture (height, width, 3), values 40 to 160."""
    coarse = np.random.default_rng(seed).integers(40, 160, (HEIGHT // 15, WIDTH // 15, 3))
    return coarse.repeat(15, axis=0).repeat(15, axis=1).astype(np.uint8)


def test_a_brighter_picture_has_like_bits_the_same_edges_and_other_pixels() -> None:
    looks = look_at([np.stack([scene(1), scene(1) + 30, scene(2)])])
    assert (looks.bits[0] != looks.bits[1]).sum() <= 3  # ties at the median
    assert (looks.bits[0] != looks.bits[2]).sum() > 15
    assert (looks.edges[0] == looks.edges[1]).all()
    assert looks.sha256[0] != looks.sha256[1]
    assert looks.measures["brightness"][1] - looks.measures["brightness"][0] == pytest.approx(30)


def test_blocks_make_no_difference() -> None:
    pictures = np.stack([scene(seed) for seed in range(3)])
    whole, parts = look_at([pictures]), look_at([pictures[:2], pictures[2:]])
    assert whole.sha256 == parts.sha256
    assert (whole.edges == parts.edges).all()
    assert whole.measures["sharpness"].tolist() == parts.measures["sharpness"].tolist()


def test_one_colour_has_no_contrast_no_edges_and_no_sharpness() -> None:
    looks = look_at([np.full((1, *SIZE, 3), 7, np.uint8)])
    assert looks.measures["brightness"][0] == 7
    assert looks.measures["contrast"][0] == looks.measures["sharpness"][0] == 0
    assert not looks.edges.any()
    assert not unit_edges(looks.edges).any()


def test_edges_are_rises_and_falls_above_the_median_one() -> None:
    ramp = np.zeros((1, *SIZE, 3), np.uint8)
    ramp[:, :, WIDTH // 2 :] = 200
    edges = look_at([ramp]).edges[0]
    assert set(edges.tolist()) == {0, 1}
    assert edges.sum() == HEIGHT // 3  # one rise in every row of cells
