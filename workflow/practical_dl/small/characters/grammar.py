"""Text of nested tags, by which memory can be measured.

After `</` comes the letter that opened the innermost tag; nothing nearer gives it away.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

TAGS = "bipu"
DEEPEST = 1
NESTED_SHARE = 0.4
TAG = re.compile(r"<(/?)([a-z])>")

_WORDS = ("sun", "sea", "sky", "hill", "tree", "rain")


class Closing(NamedTuple):
    """A closing tag: position of its letter, the right letter, and the distance in characters
    to that letter in the opening tag."""

    place: int
    name: str
    distance: int


def tagged_lines(lines: int, seed: int) -> str:
    """`lines` lines, each one element: words, and elements nested up to DEEPEST deep."""
    rng = np.random.default_rng(seed)
    return "".join(f"{_element(rng, 0)}\n" for _ in range(lines))


def closings(text: str) -> Iterator[Closing]:
    """The closing tags of `text` that stand inside an open one.

    A tag that is closed wrongly counts as closed: the next one is measured by the tag around it.
    """
    opened: list[tuple[str, int]] = []
    for tag in TAG.finditer(text):
        if not tag[1]:
            opened.append((tag[2], tag.start(2)))
        elif opened:
            name, place = opened.pop()
            yield Closing(tag.start(2), name, tag.start(2) - place)


def closed_rightly(text: str) -> tuple[int, int]:
    """How many tags of a text are closed by the letter that opened them, and how many in all."""
    right = [text[closing.place] == closing.name for closing in closings(text)]
    return sum(right), len(right)


def _element(rng: np.random.Generator, depth: int) -> str:
    name = TAGS[rng.integers(len(TAGS))]
    parts = [_words(rng)]
    if depth < DEEPEST and rng.random() < NESTED_SHARE:
        parts += [_element(rng, depth + 1), _words(rng)]
    return f"<{name}>{' '.join(parts)}</{name}>"


def _words(rng: np.random.Generator) -> str:
    return " ".join(rng.choice(_WORDS, rng.integers(1, 3)))
