"""The page of the API explorer (Altair), which the build lays beside the screens: nothing comes from elsewhere."""

from starlette.responses import HTMLResponse, PlainTextResponse, Response

from boucle.api.static import NOT_BUILT, app_folder

PAGE = """<!doctype html>
<html>
  <head>
    <meta charset="utf-8" />
    <title>Boucle API</title>
    <base href="/explorer/" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="styles.css" />
    <style>
      /* Its makers' offer of an extension from elsewhere, which the policy keeps out. */
      app-banner-container { display: none; }
    </style>
  </head>
  <body>
    <app-root></app-root>
    <script type="module" src="polyfills.js"></script>
    <script type="module" src="main.js"></script>
    <script type="module" src="/explorer.js"></script>
  </body>
</html>
"""
# Its components bring their styles along as elements; its scripts are files of ours.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; base-uri 'self'; form-action 'none'; "
    "frame-ancestors 'none'"
)


def explorer_page() -> Response:
    """Return the page, or what to do where the screens are not built."""
    if not (app_folder() / "explorer").is_dir():
        return PlainTextResponse(NOT_BUILT, status_code=503)
    return HTMLResponse(PAGE, headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"})
