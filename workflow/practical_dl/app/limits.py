"""What a request may ask for: sizes, and paths that lead nowhere."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from practical_dl.images.pictures.formats import open_picture
from practical_dl.job.errors import UserError

MOST_BYTES = 20_000_000
"""Of a photo or a file of ratings."""
MOST_PIXELS = 40_000_000
MOST_CHARACTERS = 20_000
"""Of a text, and of a request that holds no file."""
MOST_MOVIES = 5_000
AT_ONCE = 2
"""Requests that compute at the same time; the others wait."""
PATIENCE = 60.0
"""Seconds that a request waits for its turn."""


def checked_photo(data: bytes) -> bytes:
    """The bytes of a photo, whose size its header tells before anything is decoded.

    Raises:
        UserError: it is too large, or no picture.
    """
    if len(data) > MOST_BYTES:
        raise UserError(f"photo: larger than {MOST_BYTES // 1_000_000} MB; reduce it")
    try:
        with open_picture(data) as picture:
            pixels = picture.width * picture.height
    except Image.DecompressionBombError:
        pixels = MOST_PIXELS + 1
    except Exception as error:
        raise UserError("photo: not a picture that is read here; give a JPEG or PNG") from error
    if pixels > MOST_PIXELS:
        raise UserError(f"photo: more than {MOST_PIXELS // 1_000_000} megapixels; reduce it")
    return data


def checked_text(text: str) -> str:
    """A text that is not too long.

    Raises:
        UserError: it is.
    """
    if len(text) > MOST_CHARACTERS:
        raise UserError(f"text: more than {MOST_CHARACTERS:,} characters; shorten it")
    return text


def names_foreign_file(content: Any) -> bool:
    """Whether a request names a file or an address other than what was uploaded here."""
    uploads = Path(tempfile.gettempdir(), "gradio").resolve()
    for key, value in _strings(content):
        if key == "path" and not Path(value).resolve().is_relative_to(uploads):
            return True
        if key == "url" and "/file=" not in value:
            return True
    return False


def _strings(content: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a JSON value, with the key under which it stands."""
    if isinstance(content, str):
        yield key, content
    elif isinstance(content, dict):
        for name, value in content.items():
            yield from _strings(value, name)
    elif isinstance(content, list):
        for value in content:
            yield from _strings(value, key)
