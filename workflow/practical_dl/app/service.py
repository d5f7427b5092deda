"""The service behind the page: five addresses that answer in JSON, and what guards them.

POST /api/photo       a picture's bytes                           probabilities of the classes
POST /api/review      a text                                      the verdict, as of `review`
POST /api/movies      {"Toy Story": 5, ...}                       recommendations
POST /api/characters  {"start": "...", "temperature": 0.7}        what each model goes on with
GET  /api/scores                                                  the comparison of all models
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.middleware.trustedhost import TrustedHostMiddleware
from fastapi.responses import JSONResponse

from practical_dl.app.limits import (
    AT_ONCE,
    MOST_BYTES,
    MOST_CHARACTERS,
    PATIENCE,
    names_foreign_file,
)
from practical_dl.app.models import Models
from practical_dl.job.errors import UserError

LOCAL = ("127.0.0.1", "localhost", "[::1]")
MOST_OF_A_TEXT = 4 * MOST_CHARACTERS
"""Bytes: a character has four at most."""
MOST_OF_AN_EVENT = 2_000_000
"""Bytes of what the page itself sends, which may hold the ratings of a whole export."""
TOO_BUSY = "too many requests at once; ask again"
FORWARDED = ("/gradio_api/queue", "/gradio_api/run", "/gradio_api/call", "/gradio_api/api")

Receive = Callable[[], Awaitable[Any]]


class TooLarge(Exception):
    """A body is larger than it may be."""


def make_service(models: Models, hosts: tuple[str, ...] = LOCAL) -> FastAPI:
    """The service, without the page; `hosts` are the names under which it may be asked."""
    service = FastAPI(title="practical-dl", docs_url=None, redoc_url=None, openapi_url=None)
    service.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    service.add_middleware(LocalFilesAlone)
    turns = asyncio.Semaphore(AT_ONCE)

    async def answer(request: Request, most: int, compute: Callable[[bytes], Any]) -> JSONResponse:
        try:
            data = await body_of(request.receive, most)
            await asyncio.wait_for(turns.acquire(), PATIENCE)
        except TooLarge:
            return JSONResponse({"error": f"more than {most:,} bytes; send less"}, 413)
        except TimeoutError:
            return JSONResponse({"error": TOO_BUSY}, 503)
        try:
            return JSONResponse(await run_in_threadpool(compute, data))
        except UserError as error:
            return JSONResponse({"error": str(error)}, 400)
        finally:
            turns.release()

    @service.post("/api/photo")
    async def photo(request: Request) -> JSONResponse:
        return await answer(
            request, MOST_BYTES, lambda data: models.of("images").probabilities(data)
        )

    @service.post("/api/review")
    async def review(request: Request) -> JSONResponse:
        return await answer(
            request,
            MOST_OF_A_TEXT,
            lambda data: asdict(models.of("reviews").judged(_text(data))),
        )

    @service.post("/api/movies")
    async def movies(request: Request) -> JSONResponse:
        return await answer(request, MOST_OF_A_TEXT, lambda data: _recommended(models, data))

    @service.post("/api/characters")
    async def characters(request: Request) -> JSONResponse:
        return await answer(request, MOST_OF_A_TEXT, lambda data: _written(models, data))

    @service.get("/api/scores")
    async def scores(request: Request) -> JSONResponse:
        return await answer(request, 0, lambda _: models.scores().to_dict("records"))

    return service


async def body_of(receive: Receive, most: int) -> bytes:
    """The body of a request, which is not read on once it is larger than `most` bytes.

    Raises:
        TooLarge: it is.
    """
    data = bytearray()
    more = True
    while more:
        message = await receive()
        data += message.get("body", b"")
        more = message.get("more_body", False)
        if len(data) > most:
            raise TooLarge
    return bytes(data)


class LocalFilesAlone:
    """Refuses what the page's own addresses are asked with a path or an address in it.

    The page uploads a file and then names it; anything else that is named is somebody's trick.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Receive, send: Any) -> None:
        is_event = scope["type"] == "http" and scope["method"] == "POST"
        if not is_event or not scope["path"].startswith(FORWARDED):
            await self.app(scope, receive, send)
            return
        try:
            data = await body_of(receive, MOST_OF_AN_EVENT)
            wrong = names_foreign_file(json.loads(data or b"null"))
        except (TooLarge, ValueError, RecursionError):
            wrong = True
        if wrong:
            refusal = JSONResponse({"error": "names a file that was not uploaded here"}, 400)
            await refusal(scope, receive, send)
            return
        await self.app(scope, _again(data, receive), send)


def _again(data: bytes, receive: Receive) -> Receive:
    """A body that was read, to be read once more."""
    left = [{"type": "http.request", "body": data, "more_body": False}]

    async def replay() -> Any:
        return left.pop() if left else await receive()

    return replay


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise UserError(f"not UTF-8 at byte {error.start}; send UTF-8") from None


def _object(data: bytes) -> dict[str, Any]:
    try:
        content = json.loads(_text(data))
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise UserError("no JSON object; send one")
    return content


def _recommended(models: Models, data: bytes) -> list[dict[str, Any]]:
    movies = models.of("movies")
    return [asdict(movie) for movie in movies.recommended(movies.numbers(_object(data)))]


def _written(models: Models, data: bytes) -> dict[str, str]:
    asked = _object(data)
    start, temperature = asked.get("start"), asked.get("temperature", 0.7)
    if not isinstance(start, str) or not isinstance(temperature, int | float):
        raise UserError("start: a text, and temperature: a number")
    found: dict[str, str] = models.of("characters").written(start, float(temperature))
    return found
