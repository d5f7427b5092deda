"""Results that end in a storage plugin instead of the working directory."""

import shutil
from importlib.util import find_spec
from pathlib import Path

import pandas as pd
import pytest
from tests.conftest import copy_workflow, snakemake_in

CONFIG = """
run: {images: [], movies: [demo], reviews: [demo], characters: [], small: []}
movies: {demo: {source: {demo: {users: 30, movies: 40, ratings: 400}}}}
"""
TARGETS = ("results/movies/demo/bias/predictions.csv", "results/reviews/demo/tokens.h5")
KEYS = {"access_key": "key", "secret_key": "secret"}


def copy_with_config(folder: Path, config: str) -> Path:
    folder.mkdir()
    copy_workflow(folder)
    (folder / "tiny.yaml").write_text(config)
    return folder


def store_in(provider: str, prefix: str) -> tuple[str, ...]:
    return ("--default-storage-provider", provider, "--default-storage-prefix", prefix)


def require_fs() -> None:
    if find_spec("snakemake_storage_plugin_fs") is None or shutil.which("rsync") is None:
        pytest.skip("needs snakemake-storage-plugin-fs and rsync")


def test_results_end_in_the_store_and_are_found_there_again(tmp_path: Path) -> None:
    require_fs()
    folder, store = copy_with_config(tmp_path / "run", CONFIG), tmp_path / "store"
    arguments = (*TARGETS, *store_in("fs", str(store)), "--configfile", "tiny.yaml")
    result = snakemake_in(folder, *arguments)
    assert result.returncode == 0, result.stderr
    assert len(pd.read_csv(store / TARGETS[0])) > 20
    assert (store / TARGETS[1]).is_file()
    assert not (folder / "results").exists()
    again = snakemake_in(folder, *arguments, "-n")
    assert "Nothing to be done" in again.stdout + again.stderr, again.stderr


def test_own_sources_stay_where_they_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require_fs()
    monkeypatch.delenv("PRACTICAL_DL_DATA", raising=False)
    config = "movies: {mine: {source: {movielens: {path: mine/ratings}}}}"
    folder, store = copy_with_config(tmp_path / "run", config), tmp_path / "store"
    own = folder / "mine/ratings"
    own.mkdir(parents=True)
    (own / "ratings.csv").write_text("userId,movieId,rating,timestamp\n1,7,4.5,10\n2,7,3,20\n")
    (own / "movies.csv").write_text("movieId,title,genres\n7,Alien (1979),Horror\n")
    table = "results/movies/mine/movies.csv"
    result = snakemake_in(folder, table, *store_in("fs", str(store)), "--configfile", "tiny.yaml")
    assert result.returncode == 0, result.stderr
    assert pd.read_csv(store / table)["movie_id"].tolist() == [7]
    assert not list(store.rglob("ratings.csv"))


def test_s3_holds_the_bytes_of_a_local_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moto = pytest.importorskip("moto.server", reason="needs moto[server]")
    if find_spec("snakemake_storage_plugin_s3") is None:
        pytest.skip("needs snakemake-storage-plugin-s3")
    boto3 = pytest.importorskip("boto3")
    server = moto.ThreadedMotoServer("127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    for key, value in {**KEYS, "endpoint_url": f"http://{host}:{port}"}.items():
        monkeypatch.setenv(f"SNAKEMAKE_STORAGE_S3_{key.upper()}", value)
    client = boto3.client(
        "s3",
        endpoint_url=f"http://{host}:{port}",
        region_name="us-east-1",
        aws_access_key_id=KEYS["access_key"],
        aws_secret_access_key=KEYS["secret_key"],
    )
    client.create_bucket(Bucket="bucket")
    away, here = (copy_with_config(tmp_path / name, CONFIG) for name in ("away", "here"))
    try:
        for folder, store in ((away, store_in("s3", "s3://bucket/run")), (here, ())):
            result = snakemake_in(folder, TARGETS[0], *store, "--configfile", "tiny.yaml")
            assert result.returncode == 0, result.stderr
        stored = client.get_object(Bucket="bucket", Key=f"run/{TARGETS[0]}")["Body"].read()
    finally:
        server.stop()
    assert stored == (here / TARGETS[0]).read_bytes()
    assert not (away / "results").exists()
