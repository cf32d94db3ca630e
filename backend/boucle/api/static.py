"""The built single-page app, served from the same origin as the API, in the smallest form that the client reads."""

import os
from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.staticfiles import NotModifiedResponse, PathLike, StaticFiles
from starlette.types import Scope

PACKAGED = Path(__file__).parent.parent / "frontend"
BUILT_HERE = Path(__file__).parents[3] / "frontend" / "dist"
ASSETS = "assets/"
INDEX = "index.html"
FOR_EVER = "public, max-age=31536000, immutable"
LOOK_AGAIN = "no-cache"
# Built beside each file by vite.config.ts; the smallest first.
ENCODINGS = {"br": ".br", "gzip": ".gz"}
NOT_BUILT = (
    "The screens are not built yet. Run `make run` (or `npm run build` in frontend/). The API at /graphql works."
)
# Scripts are files of ours, and nobody frames us. React Aria brings a rule of style along as an element.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def app_folder() -> Path:
    """Return the folder of the built app: inside the installed package, or of this checkout."""
    return PACKAGED if PACKAGED.is_dir() else BUILT_HERE


class AppFiles(StaticFiles):
    """Files of the built app. Those whose names carry a digest of their content never change."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = FOR_EVER if path.startswith(ASSETS) else LOOK_AGAIN
        if path == INDEX:
            response.headers["Content-Security-Policy"] = POLICY
        return response

    def file_response(
        self,
        full_path: PathLike,
        stat_result: os.stat_result,  # noqa: ARG002  (of the whole file, which may not be the one that is sent)
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        whole, headers = Path(os.fspath(full_path)), Headers(scope=scope)
        accepted = _accepted(headers.get("accept-encoding", ""))
        built = {name: whole.with_name(whole.name + ending) for name, ending in ENCODINGS.items()}
        here = [name for name, path in built.items() if path.is_file()]
        chosen = next((name for name in here if name in accepted), None)
        path = whole if chosen is None else built[chosen]
        said = {"Content-Encoding": chosen} if chosen else {}
        response = FileResponse(path, status_code=status_code, headers=said, stat_result=path.stat())
        if here:
            response.headers["Vary"] = "Accept-Encoding"
        return NotModifiedResponse(response.headers) if self.is_not_modified(response.headers, headers) else response


def _accepted(header: str) -> set[str]:
    parts = (part.partition(";") for part in header.split(","))
    return {name.strip().lower() for name, _, weight in parts if weight.replace(" ", "").rstrip("0.") != "q="}


files = AppFiles(directory=app_folder(), check_dir=False)


async def serve_app(request: Request) -> Response:
    """Answer a file of the app, or the app itself for the address of a screen; nothing for a file that is not there."""
    path: str = request.path_params["path"]
    try:
        return await files.get_response(path or INDEX, request.scope)
    except HTTPException as error:
        if error.status_code != 404:
            raise
    if "." in path.rpartition("/")[2] or path.startswith(ASSETS):
        return PlainTextResponse("There is no such file.", status_code=404)
    try:
        return await files.get_response(INDEX, request.scope)
    except HTTPException:
        return PlainTextResponse(NOT_BUILT, status_code=503)


routes = [Route("/{path:path}", serve_app, methods=["GET"])]
