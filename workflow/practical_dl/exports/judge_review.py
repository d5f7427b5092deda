"""Judges a review with NumPy alone: python judge_review.py "not bad at all"."""

import html
import json
import re
import sys
import unicodedata
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent


def split(text: str, about: dict) -> list[str]:
    """Words of small letters and single marks, as the model was trained on."""
    text = unicodedata.normalize("NFC", html.unescape(text))
    text = re.sub(about["apostrophes"], "'", text)
    text = re.sub(about["line_break"], " ", text, flags=re.IGNORECASE)
    text = re.sub(about["unspaced"], r" \g<0> ", text)
    return re.findall(about["word_or_mark"], text.lower())


def judge(text: str, model: dict, about: dict) -> dict[str, float]:
    """The probability of each class."""
    numbers = {word: number for number, word in enumerate(about["words"], start=1)}
    known = [numbers[word] for word in split(text, about) if word in numbers]
    base, first, found = len(numbers) + 1, 0, set()
    for size in range(1, about["longest_run"] + 1):
        runs = model[f"runs_{size}"]
        for start in range(len(known) - size + 1):
            code = sum(n * base**p for p, n in enumerate(reversed(known[start : start + size])))
            place = int(np.searchsorted(runs, code))
            if place < len(runs) and runs[place] == code:
                found.add(first + place)
        first += len(runs)
    rows = model["weights"][:, sorted(found)]
    rows = rows / np.maximum(np.sqrt((rows**2).sum(axis=1, keepdims=True)), 1e-30)
    odds = (rows * model["coefficients"][:, sorted(found)]).sum(axis=1) + model["intercepts"]
    one = 1 / (1 + np.exp(-odds))
    every = np.array([1 - one[0], one[0]]) if len(one) == 1 else one / one.sum()
    return dict(zip(about["classes"], every.tolist(), strict=True))


if __name__ == "__main__":
    described = json.loads((HERE / "review_model.json").read_text(encoding="utf-8"))
    with np.load(HERE / "review_model.npz", allow_pickle=False) as arrays:
        print(judge(" ".join(sys.argv[1:]), dict(arrays), described))
