"""Convolution by hand: plain loops, to read beside the spreadsheet.

Pictures are (height, width, channels), filters (height, width, channels, number), as in Keras.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def convolve(picture: Array, filters: Array, stride: int = 1) -> Array:
    """Lay every filter on every place where it fits whole; multiply, and add up.

    The edge is lost: a 3x3 filter turns 28x28 into 26x26.
    """
    size = len(filters)
    height, width = ((length - size) // stride + 1 for length in picture.shape[:2])
    result = np.empty((height, width, filters.shape[-1]))
    for row in range(height):
        for column in range(width):
            top, left = row * stride, column * stride
            patch = picture[top : top + size, left : left + size]
            for number in range(filters.shape[-1]):
                result[row, column, number] = np.sum(patch * filters[..., number])
    return result


def pad(picture: Array, size: int, stride: int = 1) -> Array:
    """Zeros around the picture, so that a filter of `size` yields ceil(length / stride) places.

    As in Keras, an odd number of zeros has its extra one below and to the right.
    """
    borders = []
    for length in picture.shape[:2]:
        places = -(-length // stride)
        zeros = max((places - 1) * stride + size - length, 0)
        borders.append((zeros // 2, zeros - zeros // 2))
    return np.pad(picture, (*borders, (0, 0)))


def relu(picture: Array) -> Array:
    """Negative numbers become zero."""
    return np.maximum(picture, 0)


def max_pool(picture: Array) -> Array:
    """The largest of each block of 2x2."""
    height, width, channels = picture.shape
    result = np.empty((height // 2, width // 2, channels))
    for row in range(height // 2):
        for column in range(width // 2):
            block = picture[2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
            result[row, column] = block.max(axis=(0, 1))
    return result


def dense(picture: Array, weights: Array) -> float:
    """Every number of the picture times a weight of its own, added up."""
    return float(np.sum(picture * weights))
