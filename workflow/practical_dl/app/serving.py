"""Serves page and service on one port."""

import sys
import threading
from contextlib import suppress
from pathlib import Path

import gradio as gr
import uvicorn
from fastapi import FastAPI

from practical_dl.app.limits import MOST_BYTES
from practical_dl.app.models import Models
from practical_dl.app.page import THEME, make_page
from practical_dl.app.service import LOCAL, make_service
from practical_dl.job.errors import UserError

MOST_CONNECTIONS = 200


def make_app(models: Models, host: str) -> FastAPI:
    """Page and service together; `host` is the address that they listen at."""
    hosts = LOCAL if host in LOCAL else ("*",)
    return gr.mount_gradio_app(
        make_service(models, hosts),
        make_page(models),
        path="/",
        show_error=False,
        max_file_size=MOST_BYTES,
        ssr_mode=False,
        theme=THEME,
        footer_links=[],
        enable_monitoring=False,
    )


def warm(models: Models) -> None:
    """Open the classifier, which takes seconds, while nobody has asked yet."""
    with suppress(UserError):
        models.of("images").open()


def serve(results: Path, dataset: str | None, host: str, port: int) -> None:
    """Serve until Ctrl-C."""
    models = Models(results, dataset)
    app = make_app(models, host)
    threading.Thread(target=warm, args=[models], daemon=True).start()
    print(f"The page is http://{host}:{port}/ (Ctrl-C ends it)", file=sys.stderr, flush=True)
    uvicorn.run(app, host=host, port=port, log_level="error", limit_concurrency=MOST_CONNECTIONS)
