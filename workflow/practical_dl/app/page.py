"""The page: a tab for each pipeline and one for the scores, on Gradio.

What a tab shows is computed in the module of its name; here it is laid out.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import gradio as gr
import pandas as pd

from practical_dl.app.examples import photos_of, reviews_of
from practical_dl.app.limits import AT_ONCE
from practical_dl.app.models import Models
from practical_dl.job.errors import UserError
from practical_dl.report.wording import percent

TITLE = "practical-dl"
FONTS = ("system-ui", "sans-serif")
THEME = gr.themes.Default(font=FONTS, font_mono=("monospace",))
SETTINGS: dict[str, Any] = {"api_visibility": "private", "show_progress": "minimal"}
MOST_WAITING = 100
VERDICT = ["model", "verdict", "sure"]
RATED = ["movie", "stars"]
WIDTHS = ["9%", "9%", "20%", "16%", "10%", "8%", "8%", "8%", "6%", "6%"]
"""Of the columns of the scores, from the pipeline to the seconds."""

BEST = ["movie", "expected stars", "because you liked"]


def bytes_of(payload: Any) -> bytes | None:
    """The bytes of a picture that was dropped, pasted or taken, as they were sent.

    It stands for Gradio's own reading of a picture, which decodes it whatever its size.
    """
    return None if payload is None else Path(payload.path).read_bytes()


def make_page(models: Models) -> gr.Blocks:
    """All tabs."""
    with gr.Blocks(
        title=TITLE, analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600)
    ) as page:
        for name, pipeline, fill in (
            ("Photo", "images", _photo),
            ("Review", "reviews", _review),
            ("Movies", "movies", _movies),
            ("Characters", "characters", _characters),
        ):
            with gr.Tab(name):
                try:
                    found = models.of(pipeline)
                except UserError as error:
                    gr.Markdown(f"Nothing to show yet. `{error}`")
                else:
                    fill(found)
        with gr.Tab("Scores"):
            _scores(models)
    page.queue(max_size=MOST_WAITING, default_concurrency_limit=AT_ONCE)
    return page


def told(function: Callable[..., Sequence[Any]], count: int) -> Callable[..., Sequence[Any]]:
    """The function with a sentence behind its `count` answers: what was wrong, or nothing."""

    def answer(*given: Any) -> Sequence[Any]:
        try:
            return (*function(*given), "")
        except UserError as error:
            return (*[None] * count, f"**{error}**")

    return answer


def _photo(photos: Any) -> None:
    def look(data: bytes | None) -> Sequence[Any]:
        if data is None:
            return None, None, None
        alike = [
            (one.picture, f"{one.label}, {one.group or 'no group'}, {one.likeness:.2f}")
            for one in photos.alike(data)
        ]
        return photos.probabilities(data), photos.looked_at(data), alike

    gr.Markdown(f"What does this photo show? By the classifier of **{photos.dataset}**.")
    with gr.Row():
        given = gr.Image(
            label="Photo", sources=["upload", "clipboard", "webcam"], type="filepath",
            image_mode=None, height=300, elem_id="photo",
        )  # fmt: skip
        given.preprocess = bytes_of
        classes = gr.Label(label="Classes", num_top_classes=5, elem_id="classes")
        where = gr.Image(label="Where it looks", height=300, buttons=[], interactive=False)
    message = gr.Markdown(elem_id="photo-told")
    nearest = gr.Gallery(
        label="Training pictures with the most similar features: class, group, likeness",
        columns=5, height=220, buttons=[], interactive=False,
    )  # fmt: skip
    given.change(told(look, 3), given, [classes, where, nearest, message], **SETTINGS)
    if examples := photos_of(photos):
        gr.Examples([[str(path)] for path in examples], given, label="Pictures held out")


def _review(reviews: Any) -> None:
    def judge(text: str) -> Sequence[Any]:
        if not text.strip():
            return "", None
        return reviews.shaded(text), table_of(reviews.by_linear_models(text))

    def ask_networks(text: str) -> Sequence[Any]:
        return (table_of(reviews.by_networks(text)) if text.strip() else None,)

    gr.Markdown(
        f"What does this review say? By the models of **{reviews.dataset}**; green speaks for the "
        "verdict, red against it."
    )
    text = gr.Textbox(label="Review", lines=3, max_length=20_000, elem_id="review")
    words = gr.HTML(elem_id="words")
    message = gr.Markdown(elem_id="review-told")
    with gr.Row():
        verdicts = gr.Dataframe(
            headers=VERDICT, label="Models of n-grams", interactive=False, elem_id="verdicts"
        )
        by_networks = gr.Dataframe(
            headers=VERDICT, label="Networks", interactive=False, elem_id="networks"
        )
    not_asked = gr.Markdown()
    typed = text.change(
        told(judge, 2), text, [words, verdicts, message], trigger_mode="always_last", **SETTINGS
    )
    typed.then(told(ask_networks, 1), text, [by_networks, not_asked], **SETTINGS)
    gr.Examples([[one] for one in reviews_of(reviews)], text, label="Reviews held out")


def table_of(verdicts: Sequence[tuple[str, str, float]]) -> pd.DataFrame:
    """A row for each model: its title, its verdict, how sure it is."""
    rows = [[title, verdict, percent(sure)] for title, verdict, sure in verdicts]
    return pd.DataFrame(rows, columns=VERDICT)


def _movies(movies: Any) -> None:
    titles = movies.library.catalogue.movies["title"]

    def show(ratings: dict[int, float]) -> Sequence[Any]:
        rated = pd.DataFrame(
            [[titles.iloc[number], stars] for number, stars in ratings.items()],
            columns=RATED,
        )
        found = [
            [one.title, f"{one.stars:.2f} ± {one.spread:.2f}", " and ".join(one.because)]
            for one in (movies.recommended(ratings) if ratings else [])
        ]
        return ratings, rated, pd.DataFrame(found, columns=BEST)

    def rate(title: str | None, stars: float, ratings: Any) -> Sequence[Any]:
        if not title:
            raise UserError("choose a movie first")
        return show({**_by_number(ratings), **movies.numbers({title: stars})})

    def drop(data: bytes | None) -> Sequence[Any]:
        if data is None:
            return show({})
        ratings, lines = movies.of_export(data)
        gr.Info("; ".join(lines[-3:]))
        return show(ratings)

    low, high = movies.scale()
    gr.Markdown(f"What would I like to watch? By the ratings of **{movies.dataset}**.")
    ratings = gr.State({})
    with gr.Row():
        title = gr.Dropdown(movies.listed(), label="Movie", value=None, elem_id="movie", scale=2)
        stars = gr.Slider(low, high, high, step=0.5, label="Stars", elem_id="stars", min_width=260)
        add = gr.Button("Rate it", variant="primary", elem_id="rate")
        clear = gr.Button("Begin anew")
    message = gr.Markdown(elem_id="movies-told")
    with gr.Row():
        own = gr.Dataframe(
            headers=RATED, label="Your ratings", interactive=False, wrap=True, elem_id="rated"
        )
        best = gr.Dataframe(
            headers=BEST,
            label="Recommended",
            interactive=False,
            wrap=True,
            elem_id="recommended",
            scale=2,
        )
    export = gr.File(
        label="Or drop an export of Letterboxd or IMDb", type="binary", height=120,
        elem_id="export",
    )  # fmt: skip
    shown = [ratings, own, best, message]
    rated = add.click(told(rate, 3), [title, stars, ratings], shown, **SETTINGS)
    rated.then(lambda: None, None, title, **SETTINGS)
    clear.click(lambda: (*show({}), ""), None, shown, **SETTINGS)
    export.upload(told(drop, 3), export, shown, **SETTINGS)


def _by_number(ratings: Any) -> dict[int, float]:
    return {int(number): float(stars) for number, stars in (ratings or {}).items()}


def _characters(characters: Any) -> None:
    def write(start: str, temperature: float) -> Sequence[Any]:
        found = characters.written(start, temperature)
        return (pd.DataFrame([[name, start + text] for name, text in found.items()],
                             columns=["model", "text"]),)  # fmt: skip

    gr.Markdown(f"How does it go on? By the models that read **{characters.dataset}**.")
    with gr.Row():
        start = gr.Textbox(label="Beginning", max_length=500, elem_id="start", scale=3)
        temperature = gr.Slider(0.1, 2, 0.7, step=0.1, label="Temperature")
        go_on = gr.Button("Go on", variant="primary", elem_id="go-on")
    message = gr.Markdown(elem_id="characters-told")
    texts = gr.Dataframe(
        headers=["model", "text"], label="All models", interactive=False, wrap=True,
        column_widths=["25%", "75%"], elem_id="texts",
    )  # fmt: skip
    go_on.click(told(write, 1), [start, temperature], [texts, message], **SETTINGS)


def _scores(models: Models) -> None:
    try:
        table = models.scores()
    except UserError as error:
        gr.Markdown(f"Nothing to show yet. `{error}`")
        return
    table = table.drop(columns="seed")
    numbers = ["value", "ci_low", "ci_high", "n", "seconds"]
    table[numbers] = table[numbers].apply(pd.to_numeric, errors="coerce").round(4)
    gr.Markdown("Every score with its 95 % interval; `part` says which rows it was scored on.")
    gr.Dataframe(
        table, interactive=False, wrap=True, show_search="filter", max_height=700,
        column_widths=WIDTHS, elem_id="scores",
    )  # fmt: skip
