"""The pages of the characters: what memory is worth, and what the models write."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from practical_dl.report import page as pages
from practical_dl.report.wording import in_nats, nats, percent, share
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import paired_difference, score
from practical_dl.small.characters.grammar import TAGS, closed_rightly
from practical_dl.small.characters.plots import main_figure
from practical_dl.small.characters.scores import BLOCK, blocks, in_bits
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


def characters_page(
    dataset: str,
    held_out: Mapping[str, pd.DataFrame],
    closing: Mapping[str, pd.DataFrame],
    histories: Mapping[str, pd.DataFrame],
    fits: pd.DataFrame,
    frequencies: float,
    seed: int,
) -> str:
    """The whole page as HTML.

    `held_out` and `histories` by model; `closing` by model of characters, empty where the text
    has no tags; `fits` from `scores.fit_table`; `frequencies` from `scores.frequency_nats`.
    """
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
                    frequencies,
                    closing,
                    {name: histories[name] for name in OF_CHARACTERS},
                ),
                caption(bool(closing), len(held_out["lstm"])),
            ),
            pages.heading("All models"),
            pages.table(model_table(losses, shares, fits)),
            pages.paragraph(
                "A sample of the first three is a window of characters (of words in the last), "
                "with one answer; a sample of the recurrent ones is a row of a batch, with an "
                "answer behind each character. The epoch was chosen on a part of the text of its "
                "own, just before the held-out end. Losses a word and a character do not compare."
            ),
            pages.heading("Differences, model by model"),
            pages.table(step_table(held_out, seed)),
        ],
    )


def finding(
    losses: Mapping[str, Mapping[str, float]],
    shares: Mapping[str, Mapping[str, float]],
    difference: Mapping[str, float],
) -> str:
    """What the scores show, in sentences made from their numbers."""
    three, lstm = losses["three_sum"], losses["lstm"]
    text = (
        f"From three characters the next is foretold at {three['value']:.3f} nats a character "
        f"({in_bits(three['value']):.2f} bits), by the LSTM at {lstm['value']:.3f} "
        f"({in_bits(lstm['value']):.2f} bits); the LSTM minus the plain recurrent layer: "
        f"{in_nats(difference)}."
    )
    if shares:
        text += (
            f" Of the tags the net of three characters closes {share(shares['three_sum'])} "
            f"rightly (guessing: {percent(1 / len(TAGS))}), that of eight "
            f"{share(shares['eight'])}, the plain recurrent layer {share(shares['rnn'])}, the LSTM "
            f"{share(shares['lstm'])}."
        )
    return text


def caption(has_tags: bool, scored: int) -> str:
    text = (
        f"Left: loss on the same {scored:,} held-out characters; the black lines are 95 % "
        f"intervals over blocks of {BLOCK:,}. "
    )
    if has_tags:
        return text + (
            "Right: the letter behind </ must be the one that opened the innermost tag, which lies "
            "as many characters back as the axis says. A net of three characters cannot see it, "
            "that of eight only in short elements; a state can carry it. The farthest tags hold "
            "further ones, which have to be told apart."
        )
    return text + "Right: the loss on the part that chose the epoch, after each epoch."


def model_table(
    losses: Mapping[str, Mapping[str, float]],
    shares: Mapping[str, Mapping[str, float]],
    fits: pd.DataFrame,
) -> pd.DataFrame:
    """Every model: what it reads, its size, what an epoch is, its scores."""
    rows = []
    for name, loss in losses.items():
        fit = fits.loc[name]
        row: dict[str, Any] = {
            "Model": TITLES[name],
            "Reads": READS[name],
            "Parameters": f"{fit['parameters']:,}",
            "Samples an epoch": f"{fit['samples_per_epoch']:,}",
            "Answers an epoch": f"{fit['predicted_per_epoch']:,}",
            "Epoch kept": fit["epoch"],
            "Nats": nats(loss),
            "Bits": f"{in_bits(loss['value']):.3f}",
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
                "Difference (nats a character)": in_nats(difference),
            }
        )
    return pd.DataFrame(rows)


def epochs_page(
    dataset: str,
    samples: Mapping[str, pd.DataFrame],
    histories: Mapping[str, pd.DataFrame],
    has_tags: bool,
) -> str:
    """What each model writes after each epoch, as HTML; the LSTM first."""
    blocks_of_html: list[str] = []
    for name in reversed(list(samples)):
        texts = samples[name]
        blocks_of_html.append(pages.heading(TITLES[name][0].upper() + TITLES[name][1:]))
        blocks_of_html.append(pages.paragraph(f"Reads: {texts['start'].iloc[0]!r}. Then writes:"))
        for epoch, text in zip(texts["epoch"], texts["text"], strict=True):
            loss = histories[name].set_index("epoch")["inner_plain_loss"][epoch]
            line = f"Epoch {epoch}, loss on inner rows {loss:.3f}"
            if has_tags and name in OF_CHARACTERS:
                right, tags = closed_rightly(text)
                line += f", {right} of {tags} tags closed rightly"
            blocks_of_html.append(pages.paragraph(line))
            blocks_of_html.append(pages.verbatim(text))
    return pages.page(
        f"What the models write, epoch by epoch ({dataset})", _learned_to_write(histories),
        blocks_of_html,
    )  # fmt: skip


def _learned_to_write(histories: Mapping[str, pd.DataFrame]) -> str:
    losses = histories["lstm"]["inner_plain_loss"]
    return (
        f"The LSTM's loss on inner rows falls from {losses.iloc[0]:.3f} nats a character after "
        f"the first epoch to {losses.min():.3f}. After each epoch every model reads the same "
        "beginning and writes on, drawing with the same random numbers."
    )


def _loss(frame: pd.DataFrame, seed: int) -> Interval:
    return score(frame["nats"].to_numpy(), blocks(np.arange(len(frame))), seed)


def _share(table: pd.DataFrame, seed: int) -> Interval:
    return score(table["right"].to_numpy(), blocks(table["place"].to_numpy()), seed)


def _difference(frame: pd.DataFrame, control: pd.DataFrame, seed: int) -> Interval:
    groups = blocks(np.arange(len(frame)))
    return paired_difference(frame["nats"].to_numpy(), control["nats"].to_numpy(), groups, seed)
