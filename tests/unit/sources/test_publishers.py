import importlib.util
import re
from pathlib import Path

import pytest

from practical_dl.sources.publishers import SOURCES, Competition, WebFile

WEB_FILES = [source for source in SOURCES.values() if isinstance(source, WebFile)]
# The files of which no checksum has been published.
WITHOUT_CHECKSUM = {"nietzsche", "mobilenet", "mobilenet-v2"}


def keras_source(module: str) -> str:
    spec = importlib.util.find_spec("keras")
    assert spec is not None
    assert spec.origin is not None
    text = (Path(spec.origin).parent / "src" / module).read_text(encoding="utf-8")
    return re.sub(r'"\s+f?"', "", text)


def test_the_table_holds_every_source_once_under_its_name() -> None:
    assert list(SOURCES) == [
        *(f"ml-{size}" for size in ("latest-small", "latest")),
        *(f"ml-{size}" for size in ("100k", "1m", "10m", "20m", "25m", "32m")),
        *("imdb", "imdb-word-index", "glove-6b", "nietzsche"),
        *("vgg16", "vgg19", "resnet50", "mobilenet", "mobilenet-v2"),
        "state-farm-distracted-driver-detection",
        "dogs-vs-cats-redux-kernels-edition",
        "the-nature-conservancy-fisheries-monitoring",
    ]
    assert all(name == source.name for name, source in SOURCES.items())


@pytest.mark.parametrize("source", WEB_FILES, ids=lambda source: source.name)
def test_a_web_file_is_described_whole(source: WebFile) -> None:
    assert re.fullmatch(r"https://[\w.-]+/\S+", source.url)
    assert source.what
    assert source.terms
    assert source.size is not None
    assert source.size > 500_000


@pytest.mark.parametrize("source", WEB_FILES, ids=lambda source: source.name)
def test_checksums_have_the_form_of_their_kind(source: WebFile) -> None:
    sums = [value for value in (source.sha256, source.md5) if value is not None]
    assert len(sums) == (0 if source.name in WITHOUT_CHECKSUM else 1)
    assert source.sha256 is None or re.fullmatch(r"[0-9a-f]{64}", source.sha256)
    assert source.md5 is None or re.fullmatch(r"[0-9a-f]{32}", source.md5)


def test_no_two_sources_share_an_address_or_a_checksum() -> None:
    assert len({source.url for source in WEB_FILES}) == len(WEB_FILES)
    sums = [source.sha256 or source.md5 for source in WEB_FILES]
    known = [value for value in sums if value is not None]
    assert len(set(known)) == len(known)


def test_the_filename_is_the_last_part_of_the_address() -> None:
    source = SOURCES["imdb"]
    assert isinstance(source, WebFile)
    assert source.filename == "aclImdb_v1.tar.gz"


def test_competitions_are_named_as_kaggle_names_them() -> None:
    competitions = [source for source in SOURCES.values() if isinstance(source, Competition)]
    assert len(competitions) == 3
    assert all(re.fullmatch(r"[a-z0-9-]+", source.name) for source in competitions)


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("vgg16", "applications/vgg16.py"),
        ("vgg19", "applications/vgg19.py"),
        ("imdb-word-index", "datasets/imdb.py"),
    ],
)
def test_addresses_and_sums_are_those_of_the_installed_keras(name: str, module: str) -> None:
    source, text = SOURCES[name], keras_source(module)
    assert isinstance(source, WebFile)
    assert source.url.removesuffix(source.filename) in text
    assert f'"{source.filename}"' in text or f"}}{source.filename}" in text
    assert f'file_hash="{source.md5}"' in text


def test_resnet50_is_that_of_the_installed_keras() -> None:
    source, text = SOURCES["resnet50"], keras_source("applications/resnet.py")
    assert isinstance(source, WebFile)
    assert source.url.removesuffix(source.filename) in text
    without_top = re.search(r'"resnet50": \(\s*"[0-9a-f]{32}",\s*"([0-9a-f]{32})"', text)
    assert without_top is not None
    assert without_top[1] == source.md5


@pytest.mark.parametrize(
    ("name", "module", "filename"),
    [
        ("mobilenet", "mobilenet", '"mobilenet_%s_%d_tf_no_top.h5"'),
        (
            "mobilenet-v2",
            "mobilenet_v2",
            '"mobilenet_v2_weights_tf_dim_ordering_tf_kernels_{float(alpha)}_{rows}_no_top.h5"',
        ),
    ],
)
def test_keras_publishes_no_sum_for_its_mobilenets(name: str, module: str, filename: str) -> None:
    source, text = SOURCES[name], keras_source(f"applications/{module}.py")
    assert isinstance(source, WebFile)
    assert source.url.removesuffix(source.filename) in text
    assert filename in text
    assert "file_hash" not in text
