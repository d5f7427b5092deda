"""Pages of the characters: the worth of memory, and the text that each model writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from practical_dl.report import page as pages
from practical_dl.report.wording import gain_in_nats, nats, percent, share
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import paired_difference, score, share_score
from practical_dl.small.characters.grammar import TAGS, closed_rightly
from practical_dl.small.characters.parts import Learned
from practical_dl.small.characters.plots import main_figure
from practical_dl.small.characters.scores import (
    BLOCK,
    blocks,
    fit_table,
    frequency_nats,
    in_bits,
)
from practical_dl.small.characters.sequences import scored
from practical_dl.small.characters.titles import OF_CHARACTERS, TITLES

TITLE = "Reading characters: what memory is worth"
READS = {
    "three_sum": "the last 3 characters",
    "three_concatenation": "the last 3 characters",
    "eight": "the last 8 characters",
    "rnn": "all so far, through one state",
    "lstm": "all so far, through a gated state",
    "three_words": "the last 3 words",
}


@dataclass(frozen=True)
class Results:
    """By model: its text, and the held_out.csv, history.csv, generated.csv and fit.json it left."""

    learned: Mapping[str, Learned]
    held_out: Mapping[str, pd.DataFrame]
    histories: Mapping[str, pd.DataFrame]
    samples: Mapping[str, pd.DataFrame]
    fits: Mapping[str, Mapping[str, Any]]
    has_tags: bool

    def frequencies(self) -> float:
        """Loss per character of a model that knows nothing but frequencies."""
        text = self.learned[OF_CHARACTERS[0]]
        return frequency_nats(text.train, scored(text.held_out), len(text.names))


def characters_page(
    dataset: str, results: Results, closing: Mapping[str, pd.DataFrame], seed: int
) -> str:
    """The whole page as HTML.

    `closing` by model of characters, see `scores.closing_tables`; empty where the text has no tags.
    """
    held_out, histories = results.held_out, results.histories
    losses = {name: _loss(frame, seed) for name, frame in held_out.items()}
    shares = {name: _share(table, seed) for name, table in closing.items()}
    of_characters = {name: losses[name] for name in OF_CHARACTERS}
    return pages.page(
        f"{TITLE} ({dataset})",
        finding(losses, shares, _difference(held_out["lstm"], held_out["rnn"], seed)),
        [
            pages.picture(
                main_figure(
                    of_characters,
                    results.frequencies(),
                    closing,
                    {name: histories[name] for name in OF_CHARACTERS},
                ),
                caption(bool(closing), len(held_out["lstm"])),
            ),
            *([pages.paragraph(memory_note(closing["lstm"]))] if closing else []),
            pages.heading("All models"),
            pages.table(model_table(losses, shares, fit_table(results.fits))),
            pages.heading("Differences, model by model"),
            pages.table(step_table(held_out, seed)),
            pages.fine_print(
                "A sample of the first three is a window of characters (of words in the last), "
                "with one prediction; a sample of the recurrent ones is a row of a batch, with a "
                "prediction after each character. The epoch was chosen on a separate part of the "
                "text, just before the held-out end. A loss per word cannot be compared with a "
                "loss per character."
            ),
            pages.code_of(closed_rightly),
        ],
    )


def finding(
    losses: Mapping[str, Interval], shares: Mapping[str, Interval], difference: Interval
) -> str:
    """The main scores in sentences."""
    three, lstm = losses["three_sum"], losses["lstm"]
    text = (
        f"The loss per predicted character is {three.value:.3f} nats from the three before it and "
        f"{lstm.value:.3f} nats by the LSTM, which beside the plain recurrent layer is "
        f"{gain_in_nats(-difference)}."
    )
    if shares:
        text += (
            f" The LSTM closes {share(shares['lstm'])} of the tags rightly; guessing would close "
            f"{percent(1 / len(TAGS))}."
        )
    return text


def memory_note(closing: pd.DataFrame) -> str:
    """The share of tags that a model closes rightly, by how far back their opening lies."""
    bins = pd.cut(closing["distance"], [0, 8, 16, 32, 64, np.inf])
    told = [
        f"{percent(rows['right'].mean())} of {len(rows):,} at {_characters(within)}"
        for within, rows in closing.groupby(bins, observed=True)
    ]
    return f"The LSTM closes rightly: {'; '.join(told)}."


def _characters(within: pd.Interval) -> str:
    if np.isinf(within.right):
        return f"more than {within.left:g} characters"
    return f"{within.left + 1:g} to {within.right:g} characters"


def caption(has_tags: bool, scored: int) -> str:
    text = (
        f"Left: loss on the same {scored:,} held-out characters; the black lines are 95 % "
        f"intervals over blocks of {BLOCK:,}. "
    )
    if has_tags:
        return text + (
            "Right: the letter after </ must be the one that opened the innermost tag; the axis "
            "says how many characters back that was. A network of three characters cannot see it, "
            "that of eight only in short elements; a state can carry it."
        )
    return text + "Right: after each epoch, the loss on the part that chose the epoch."


def model_table(
    losses: Mapping[str, Interval], shares: Mapping[str, Interval], fits: pd.DataFrame
) -> pd.DataFrame:
    """Every model: its input, its size, the length of an epoch, its scores."""
    rows = []
    for name, loss in losses.items():
        fit = fits.loc[name]
        row: dict[str, Any] = {
            "Model": TITLES[name],
            "Reads": READS[name],
            "Parameters": f"{fit['parameters']:,}",
            "Samples per epoch": f"{fit['samples_per_epoch']:,}",
            "Predictions per epoch": f"{fit['predicted_per_epoch']:,}",
            "Epoch kept": fit["epoch"],
            "Nats": nats(loss),
            "Bits": f"{in_bits(loss.value):.3f}",
        }
        if shares:
            row["Tags closed rightly"] = share(shares[name]) if name in shares else ""
        rows.append(row)
    return pd.DataFrame(rows)


def step_table(held_out: Mapping[str, pd.DataFrame], seed: int) -> pd.DataFrame:
    """Each model of characters against the one before it, on the same characters."""
    rows = []
    for control, name in pairwise(OF_CHARACTERS):
        difference = _difference(held_out[name], held_out[control], seed)
        rows.append(
            {
                "Model": TITLES[name],
                "against": TITLES[control],
                "nats per character": gain_in_nats(-difference),
            }
        )
    return pd.DataFrame(rows)


def epochs_page(dataset: str, results: Results) -> str:
    """The text that each model writes after each epoch, as HTML; the last model first."""
    return pages.page(
        f"What the models write, epoch by epoch ({dataset})",
        _learned_to_write(results.histories),
        [block for name in reversed(list(results.samples)) for block in _written(name, results)],
    )


def _written(name: str, results: Results) -> list[str]:
    """The section of one model."""
    texts, history = results.samples[name], results.histories[name].set_index("epoch")
    counts_tags = results.has_tags and name in OF_CHARACTERS
    section = [
        pages.heading(TITLES[name][0].upper() + TITLES[name][1:]),
        pages.paragraph(f"Reads: {texts['start'].iloc[0]!r}. Then writes:"),
    ]
    for epoch, text in zip(texts["epoch"], texts["text"], strict=True):
        line = f"Epoch {epoch}, inner loss {history['inner_plain_loss'][epoch]:.3f}"
        if counts_tags:
            line += ", {} of {} tags closed rightly".format(*closed_rightly(text))
        section += [pages.paragraph(line), pages.verbatim(text)]
    return section


def _learned_to_write(histories: Mapping[str, pd.DataFrame]) -> str:
    losses = histories["lstm"]["inner_plain_loss"]
    return (
        f"The LSTM's loss on the part that chose the epoch falls from {losses.iloc[0]:.3f} nats "
        f"per character after the first epoch to {losses.min():.3f}. After each epoch every model "
        "reads the same beginning and writes on, drawing with the same random numbers."
    )


def _loss(frame: pd.DataFrame, seed: int) -> Interval:
    return score(frame["nats"].to_numpy(), blocks(np.arange(len(frame))), seed)


def _share(table: pd.DataFrame, seed: int) -> Interval:
    return share_score(table["right"].to_numpy(), blocks(table["place"].to_numpy()), seed)


def _difference(frame: pd.DataFrame, control: pd.DataFrame, seed: int) -> Interval:
    groups = blocks(np.arange(len(frame)))
    return paired_difference(frame["nats"].to_numpy(), control["nats"].to_numpy(), groups, seed)
