"""The built single-page app, served from the same origin as the API."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

PACKAGED = Path(__file__).parent.parent / "frontend"
BUILT_HERE = Path(__file__).parents[3] / "frontend" / "dist"
FOR_EVER = "public, max-age=31536000, immutable"
NOT_BUILT = (
    "The screens are not built yet. Run `make run` (or `npm run build` in frontend/). The API at /graphql works."
)


def app_folder() -> Path:
    """Return the folder of the built app: inside the installed package, or of this checkout."""
    return PACKAGED if PACKAGED.is_dir() else BUILT_HERE


class Assets(StaticFiles):
    """Files whose names carry a digest of their content never change."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code == 200:
            response.headers["Cache-Control"] = FOR_EVER
        return response


async def serve_app(request: Request) -> Response:
    """Answer a file at the root of the app, or the app itself for every screen's address."""
    folder = app_folder()
    wanted = (folder / request.path_params["path"]).resolve()
    if wanted.is_file() and wanted.is_relative_to(folder.resolve()):
        return FileResponse(wanted)
    index = folder / "index.html"
    if not index.is_file():
        return PlainTextResponse(NOT_BUILT, status_code=503)
    return FileResponse(index, headers={"Cache-Control": "no-cache"})


routes = [
    Mount("/assets", Assets(directory=app_folder() / "assets", check_dir=False)),
    Route("/{path:path}", serve_app, methods=["GET"]),
]
