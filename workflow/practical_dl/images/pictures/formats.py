"""The formats of pictures that are read, by suffix and by first bytes, and the opening of a file.

Formats that Pillow reads by running other programs (EPS), that are no pictures (PDF, HDF5), or
that have no first bytes of their own (TGA) are left out. HEIC needs the package pillow-heif.
"""

import io
from functools import cache

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    PpmImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

PLUGINS = {
    "JPEG": JpegImagePlugin,
    "PNG": PngImagePlugin,
    "BMP": BmpImagePlugin,
    "WEBP": WebPImagePlugin,
    "GIF": GifImagePlugin,
    "TIFF": TiffImagePlugin,
    "AVIF": AvifImagePlugin,
    "JPEG2000": Jpeg2KImagePlugin,
    "PPM": PpmImagePlugin,
}
"""Imported by name, so that Pillow needs not try and import all that it has."""
FORMATS = tuple(PLUGINS)
HEIF_SUFFIXES = (".heic", ".heif", ".hif")
SUFFIXES = (
    *(".jpg", ".jpeg", ".png", ".bmp", ".webp", ".gif"),
    *(".jpe", ".jfif", ".mpo", ".apng", ".tif", ".tiff", ".avif"),
    *(".jp2", ".j2k", ".jpf", ".jpx", ".ppm", ".pgm", ".pbm", ".pnm", ".pfm"),
    *HEIF_SUFFIXES,
)
SIGNATURE_BYTES = 16
"""As many first bytes tell a format."""

_JPEG_START = b"\xff\xd8\xff"
_SURE_SIGNATURES = ("PNG", "WEBP", "GIF", "TIFF", "AVIF", "JPEG2000")
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")

AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # a job decodes in as many threads as its rule declares


@cache
def has_heif() -> bool:
    """Whether HEIC can be read: then its reader is at Pillow's disposal."""
    try:
        import pillow_heif
    except ImportError:
        return False
    pillow_heif.register_heif_opener(decode_threads=1)
    return True


def is_signature_of_picture(start: bytes) -> bool:
    """Whether a file that begins with `start` is a picture, where no suffix says so.

    Formats that begin with two letters of plain text (BMP, PPM) are not told so.
    """
    return (
        start.startswith(_JPEG_START)
        or _is_heif(start)
        or any(_accepts(name, start) for name in _SURE_SIGNATURES)
    )


def _accepts(name: str, start: bytes) -> bool:
    _, accept = Image.OPEN[name]
    return accept is not None and accept(start) is True


def open_picture(data: bytes) -> ImageFile.ImageFile:
    """Open a file's bytes without decoding them; its size is not judged.

    Raises:
        UnidentifiedImageError: of no format that is read here.
        Exception: almost any that Pillow raises on damaged bytes.
    """
    if data.startswith(_JPEG_START):
        return _open_jpeg(data)
    if _is_heif(data) and not has_heif():
        raise UnidentifiedImageError("HEIC, which needs another package: pip install pillow-heif")
    names = (*FORMATS, "HEIF") if has_heif() else FORMATS
    return Image.open(io.BytesIO(data), formats=names)


def _open_jpeg(data: bytes) -> ImageFile.ImageFile:
    """`Image.open` for JPEG, but for its limit of pixels: a JPEG can be decoded small."""
    try:
        return JpegImagePlugin.jpeg_factory(io.BytesIO(data))
    except SyntaxError as error:
        raise UnidentifiedImageError from error


def _is_heif(start: bytes) -> bool:
    return start[4:8] == b"ftyp" and start[8:12] in _HEIF_BRANDS
