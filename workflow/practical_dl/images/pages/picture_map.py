"""The page with a map of the pictures: alike in features is near, and a mistake has a ring."""

import html
import io
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from PIL import Image

from practical_dl.files.predictions import ClassPredictions
from practical_dl.images.features.picture_places import (
    KINDS,
    NEIGHBOURS,
    Drawn,
    alike_neighbours,
    on_a_map,
)
from practical_dl.images.pictures.loading import read_images
from practical_dl.report.page import code_of, data_uri, fine_print, page, table
from practical_dl.report.plotting import COLOURS
from practical_dl.report.wording import percent
from practical_dl.scoring.metrics import is_grouped

TITLE = "What do the features see: the class, or who is in the picture?"
MOST = 600
"""Pictures on a map."""
WIDE, HIGH = 80, 60
"""A thumbnail in pixels."""
ACROSS = 25
"""Thumbnails in a row of their sheet."""
TITLES = {
    "plain": "Features as they are",
    "centred": "Less the mean of their look-alikes",
}
MADE = (
    "The map is t-SNE of the backbone's reduced features: what is near there is alike, while "
    "distances between heaps mean little. The shares above are of the features themselves, not of "
    "the map. Mistakes are those of the whole chain, on pictures that its models never saw. Point "
    "at a picture to see it."
)
STYLE = """
<style>
.map { position: relative; width: min(100%, 40rem); aspect-ratio: 4 / 3; background: #f4f4f4;
       margin: 0.5rem 0 1.5rem; border: 0.8rem solid #f4f4f4; box-sizing: border-box; }
.map i { position: absolute; width: 9px; height: 9px; margin: -4px; border-radius: 50%;
         background: var(--class); }
.map i.wrong { box-shadow: 0 0 0 2px #000; }
.map i:hover { z-index: 2; }
.map i:hover::after { content: ""; position: absolute; left: 10px; top: 10px; width: WIDEpx;
                      height: HIGHpx; background: var(--sheet) var(--at); border: 2px solid #000; }
.map i.right:hover::after { left: auto; right: 10px; }
.maps { display: flex; flex-wrap: wrap; gap: 0 2rem; }
.maps section { flex: 1 1 22rem; min-width: 0; }
.maps h2 { margin-top: 0.5rem; }
body:has(#by-group:checked) .map i { background: var(--group); }
.key span { white-space: nowrap; margin-right: 0.8rem; }
.key b { display: inline-block; width: 0.8em; height: 0.8em; border-radius: 50%; }
body:has(#by-group:checked) .key { visibility: hidden; }
</style>
""".replace("WIDE", str(WIDE)).replace("HIGH", str(HIGH))


def picture_map_page(
    drawn: Drawn, taken: Mapping[str, str], thumbnails: NDArray[np.uint8], seed: int
) -> str:
    """The page as HTML.

    Args:
        taken: by image_id, what the model called it. thumbnails: (n, HIGH, WIDE, 3) of the rows.
    """
    shares = neighbour_table(drawn)
    blocks = [
        STYLE,
        _switch(is_grouped(drawn.rows["group"].to_numpy())),
        _key(drawn.rows["label"]),
        _maps(drawn, taken, thumbnails, seed),
        table(shares),
        fine_print(MADE),
        code_of(alike_neighbours),
    ]
    return page(TITLE, map_answer(shares), blocks)


def thumbnails_of(root: Path, manifest: pd.DataFrame, drawn: Drawn) -> NDArray[np.uint8]:
    """The pictures (n, HIGH, WIDE, 3) of the rows, from the source's folder `root`.

    Raises:
        UserError: a picture cannot be read.
    """
    rows = manifest.set_index("image_id", drop=False).loc[drawn.rows["image_id"]]
    return np.concatenate([block for _, block in read_images(root, rows, (HIGH, WIDE), threads=1)])


def likeliest(predicted: ClassPredictions) -> dict[str, str]:
    """By image_id the class that is given the most probability."""
    chosen = np.asarray(predicted.classes)[predicted.probabilities.argmax(axis=1)]
    return dict(zip(map(str, predicted.ids), map(str, chosen), strict=True))


def neighbour_table(drawn: Drawn) -> pd.DataFrame:
    """Of each kind of features: how many neighbours are of the same class and of the same group."""
    told = {"same class": "label"}
    if is_grouped(drawn.rows["group"].to_numpy()):
        told["same group"] = "group"
    return pd.DataFrame(
        [
            {"features": TITLES[kind]}
            | {
                title: percent(alike_neighbours(features, drawn.rows[name].to_numpy()))
                for title, name in told.items()
            }
            for kind, features in drawn.features.items()
        ]
    )


def map_answer(shares: pd.DataFrame) -> str:
    """What the nearest pictures share, by either kind of features."""
    plain, centred = (
        " and ".join(f"{row[title]} are of the {title}" for title in shares.columns[1:])
        for row in shares.to_dict("records")
    )
    return (
        f"Of a picture's {NEIGHBOURS} nearest, {plain}; less the mean of its "
        f"look-alikes, {centred}."
    )


def _switch(grouped: bool) -> str:
    if not grouped:
        return ""
    return (
        '<p>Colours: <label><input type="radio" name="by" id="by-class" checked> class</label> '
        '<label><input type="radio" name="by" id="by-group"> group</label>. '
        "A black ring is a mistake.</p>"
    )


def _key(labels: "pd.Series[str]") -> str:
    colours = colours_of(labels)
    listed = " ".join(
        f'<span><b style="background: {colour}"></b> {html.escape(name)}</span>'
        for name, colour in colours.items()
    )
    return f'<p class="key">{listed}</p>'


def colours_of(names: "pd.Series[str]") -> dict[str, str]:
    """A colour for each name: those of all figures while they last, else around the circle."""
    known = sorted(set(names))
    if len(known) <= len(COLOURS):
        return dict(zip(known, COLOURS, strict=False))
    return {
        name: f"hsl({360 * place // len(known)}, 65%, {35 + 20 * (place % 2)}%)"
        for place, name in enumerate(known)
    }


def _maps(drawn: Drawn, taken: Mapping[str, str], thumbnails: NDArray[np.uint8], seed: int) -> str:
    sections = "\n".join(
        f"<section><h2>{TITLES[kind]}</h2>{_map(kind, drawn, taken, seed)}</section>"
        for kind in KINDS
    )
    return f'<div class="maps" style="--sheet: url({_sheet(thumbnails)})">{sections}</div>'


def _map(kind: str, drawn: Drawn, taken: Mapping[str, str], seed: int) -> str:
    classes, groups = colours_of(drawn.rows["label"]), colours_of(drawn.rows["group"])
    places = on_a_map(drawn.features[kind], seed)
    points = "\n".join(
        _point(row, number, place, taken, (classes[row["label"]], groups[row["group"]]))
        for number, (row, place) in enumerate(
            zip(drawn.rows.to_dict("records"), places, strict=True)
        )
    )
    what = html.escape(f"A map of {len(drawn.rows):,} pictures. {TITLES[kind]}.")
    return f'<div class="map" role="img" aria-label="{what}">\n{points}\n</div>'


def _point(
    row: Mapping[Hashable, str],
    number: int,
    place: Sequence[float],
    taken: Mapping[str, str],
    colours: tuple[str, str],
) -> str:
    called = taken.get(row["image_id"], row["label"])
    wrong = called != row["label"]
    told = f"{row['image_id']}, {row['group']}: {row['label']}"
    told += f", taken for {called}" if wrong else ""
    kinds = " ".join([*(["wrong"] if wrong else []), *(["right"] if place[0] > 0.5 else [])])
    down, across = divmod(number, ACROSS)
    return (
        f'<i class="{kinds}" title="{html.escape(told)}" style="left: {100 * place[0]:.1f}%; '
        f"top: {100 * place[1]:.1f}%; --at: {-WIDE * across}px {-HIGH * down}px; "
        f'--class: {colours[0]}; --group: {colours[1]}"></i>'
    )


def _sheet(thumbnails: NDArray[np.uint8]) -> str:
    """All thumbnails in one picture, as a data URI."""
    rows = -(-len(thumbnails) // ACROSS)
    sheet = np.full((rows * HIGH, ACROSS * WIDE, 3), 255, np.uint8)
    for number, one in enumerate(thumbnails):
        down, across = divmod(number, ACROSS)
        sheet[down * HIGH : (down + 1) * HIGH, across * WIDE : (across + 1) * WIDE] = one
    buffer = io.BytesIO()
    Image.fromarray(sheet).save(buffer, format="JPEG", quality=60)
    return data_uri("jpeg", buffer.getvalue())
