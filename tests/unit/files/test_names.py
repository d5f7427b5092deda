import pytest

from practical_dl.files.names import LEFTOVERS, is_meant, is_writable


@pytest.mark.parametrize(
    "name",
    [
        "@eaDir",
        "$RECYCLE.BIN",
        "$Recycle.Bin",
        "RECYCLER",
        "System Volume Information",
        "__MACOSX",
        "__pycache__",
        ".ipynb_checkpoints",
        ".DS_Store",
        "._1.jpg",
        "lost+found",
        "#recycle",
        "Thumbs.db",
        "ehthumbs.db",
        "desktop.ini",
    ],
)
def test_leftovers_of_systems_are_not_meant(name: str) -> None:
    assert not is_meant(name)


def test_leftovers_are_compared_in_lower_case() -> None:
    assert all(name == name.lower() for name in LEFTOVERS)


@pytest.mark.parametrize("name", ["cat", "recycle", "$5", "#1", "@home", "_x", "thumbs", "lost"])
def test_other_names_are_meant(name: str) -> None:
    assert is_meant(name)


@pytest.mark.parametrize(
    "name",
    [
        "Screenshot 10.11.12\u202fPM.png",
        "family \U0001f468\u200d\U0001f469\u200d\U0001f467.jpg",
        "wide\u3000blank.jpg",
        "no\u00a0break.jpg",
        "猫.jpg",
        "a\u0308.jpg",
        "{x} $Y 'z' \"q\", %s.jpg",
        "right\u200f to left.jpg",
    ],
)
def test_any_blank_and_any_emoji_can_be_written(name: str) -> None:
    assert is_writable(name)


@pytest.mark.parametrize("character", ["\n", "\r", "\t", "\0", "\x7f", "\x85", "\u2028", "\udce4"])
def test_control_characters_line_ends_and_lone_surrogates_cannot(character: str) -> None:
    assert not is_writable(f"a{character}b.jpg")
