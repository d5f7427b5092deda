"""Convolutions small enough to do by hand."""

import numpy as np

from practical_dl.small.convolution.arithmetic import convolve, dense, max_pool, pad, relu

PICTURE = np.arange(16, dtype=float).reshape(4, 4, 1)


def test_a_convolution_adds_up_patch_times_filter() -> None:
    """Top left: 0 * 1 + 1 * 2 + 4 * 3 + 5 * 4 = 34; each cell to the right adds 1 + 2 + 3 + 4."""
    kernel = np.array([[1.0, 2], [3, 4]]).reshape(2, 2, 1, 1)
    result = convolve(PICTURE, kernel)
    assert result.shape == (3, 3, 1)
    assert result[0, :, 0].tolist() == [34, 44, 54]
    assert result[:, 0, 0].tolist() == [34, 74, 114]


def test_a_stride_of_two_takes_every_other_place() -> None:
    kernel = np.ones((2, 2, 1, 1))
    every, other = convolve(PICTURE, kernel), convolve(PICTURE, kernel, stride=2)
    np.testing.assert_array_equal(other, every[::2, ::2])


def test_channels_are_added_and_filters_give_channels() -> None:
    picture = np.dstack([np.ones((3, 3)), 10 * np.ones((3, 3))])
    filters = np.zeros((3, 3, 2, 2))
    filters[..., 0, 0] = 1
    filters[..., 1, 0] = 1
    filters[1, 1, 1, 1] = 5
    assert convolve(picture, filters).tolist() == [[[99, 50]]]


def test_padding_keeps_the_size_and_its_odd_zero_lies_below_and_right() -> None:
    assert pad(PICTURE, 3).shape == (6, 6, 1)
    strided = pad(PICTURE, 3, stride=2)
    assert strided.shape == (5, 5, 1)
    np.testing.assert_array_equal(strided[:4, :4], PICTURE)
    assert not strided[4].any()
    assert not strided[:, 4].any()


def test_pool_relu_and_dense() -> None:
    assert max_pool(PICTURE)[:, :, 0].tolist() == [[5, 7], [13, 15]]
    assert max_pool(PICTURE[:3, :3]).shape == (1, 1, 1)
    assert relu(np.array([-1.0, 0, 2])).tolist() == [0, 0, 2]
    assert dense(PICTURE, np.full_like(PICTURE, 0.5)) == 60
