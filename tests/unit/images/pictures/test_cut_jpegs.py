"""JPEGs that lack their last bytes: accepted if next to nothing is lost, never if half is."""

import io

import numpy as np
import pytest
from PIL import Image

from practical_dl.images.pictures.cut_jpegs import completed, lost_share
from practical_dl.images.pictures.decoding import CUT, decode, examine_image


def photo(size: int = 256, **options: object) -> bytes:
    rng = np.random.default_rng(0)
    ramp = np.add.outer(np.arange(size), np.arange(size))[:, :, None] * 255 // (2 * size)
    pixels = np.clip(ramp + rng.integers(0, 40, (size, size, 3)), 0, 255).astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", **options)
    return buffer.getvalue()


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("lacking", [1, 2])
def test_a_photo_without_its_end_mark_is_read_whole_and_that_is_told(
    progressive: bool, lacking: int
) -> None:
    whole = photo(progressive=progressive)
    cut = whole[:-lacking]
    assert (decode(cut, (256, 256)) == decode(whole, (256, 256))).all()
    assert (decode(cut, (16, 16)) == decode(whole, (16, 16))).all()
    examined = examine_image(cut)
    assert examined.size == (256, 256)
    assert examined.notes == (CUT,)
    assert examine_image(whole).notes == ()


@pytest.mark.parametrize("lacking", [3, 10, 50])
def test_a_photo_that_lacks_a_few_bytes_is_read_but_for_its_last_corner(lacking: int) -> None:
    whole = photo()
    read = decode(whole[:-lacking], (256, 256))
    differs = (read != decode(whole, (256, 256))).any(axis=2)
    assert not differs[:239].any()
    assert not differs[:, :160].any()
    assert examine_image(whole[:-lacking]).notes == (CUT,)


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
def test_a_photo_cut_short_is_broken_and_what_is_missing_is_said(kept: float) -> None:
    whole = photo()
    cut = whole[: int(kept * len(whole))]
    filled = np.asarray(Image.open(io.BytesIO(cut + b"\xff\xd9")).convert("RGB"))
    missing = lost_share((filled != decode(whole, (256, 256))).any(axis=2))
    assert 0.05 < missing < 0.95
    with pytest.raises(ValueError, match=r"^damaged image \(truncated: about \d+% ") as caught:
        examine_image(cut)
    said = int(str(caught.value).split("about ")[1].split("%")[0]) / 100
    assert said == pytest.approx(missing, abs=0.03)
    with pytest.raises(ValueError, match="truncated"):
        decode(cut, (32, 32))


@pytest.mark.parametrize("kept", [0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_progressive_photo_cut_anywhere_before_its_end_is_broken(kept: float) -> None:
    whole = photo(progressive=True)
    with pytest.raises(ValueError, match="truncated"):
        examine_image(whole[: int(kept * len(whole))])


def test_a_photo_cut_in_its_headers_is_broken() -> None:
    with pytest.raises(ValueError, match=r"^damaged image"):
        examine_image(photo()[:300])


def test_completed_bytes_end_as_a_jpeg_does() -> None:
    whole = photo()
    assert completed(whole[:-1], 1) == whole
    assert completed(whole[:-2], 1) == whole


def test_the_share_lost_is_counted_from_the_first_block_that_differs() -> None:
    differs = np.zeros((64, 100), bool)
    assert lost_share(differs) == 0
    differs[40, 75] = True  # in the blocks of rows 32 to 47; 25 of their 100 columns, then 16 rows
    assert lost_share(differs) == (16 * 25 + 16 * 100) / 6400
    differs[3, 0] = True
    assert lost_share(differs) == 1
