"""`make dev`: the product restarts when Python changes, the screens follow at once; Ctrl-C ends both.

The embedded Valkey lives here, so that waiting jobs outlast a restart of the product.
"""

import shutil
import signal
import subprocess
import sys
import threading
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import Annotated

from cyclopts import App, Parameter

from boucle.commands.child import Child
from boucle.commands.terminal import say
from boucle.commands.valkey_address import announced_valkey
from boucle.commands.watching import Watch
from boucle.kit.embedded_valkey import embedded_valkey
from boucle.settings import Settings, SettingsError, load_settings

ROOT = Path(__file__).parents[3]
FRONTEND = ROOT / "frontend"
VITE = FRONTEND / "node_modules" / "vite" / "bin" / "vite.js"
LOOK_EVERY_SECONDS = 0.5
SERVED = frozenset({".py", ".html", ".css", ".txt", ".json"})
DOCUMENTS = frozenset({".graphql"})

app = App(name="make dev", help="Run the product with reload on both sides.")
ScreensPort = Annotated[int, Parameter(help="Port of the screens with hot replacement.")]
Demo = Annotated[bool, Parameter(help="Fill an empty database with the demo company.")]


@app.default
def develop(
    *, port: int | None = None, screens_port: ScreensPort = 5173, data_dir: Path | None = None, demo: Demo = True
) -> None:
    """Run both sides until Ctrl-C."""
    stop = _stop_on_signals()
    try:
        settings = load_settings(port=port, data_dir=data_dir)
    except SettingsError as error:
        sys.exit(f"Wrong setting:\n{error}\nSee docs/operations.md for all settings.")
    with ExitStack() as stack:
        variables = _variables(_with_valkey(settings, stack), screens_port)
        _generate_types()
        product = Child(_product_command(demo=demo), folder=ROOT, variables=variables)
        screens = Child(_screens_command(screens_port), folder=FRONTEND, variables=variables)
        for each in (product, screens):
            stack.callback(each.stop)
            each.start()
        say(f"\nScreens with hot replacement: http://localhost:{screens_port}\n")
        _follow_changes(product, screens, stop)


def _with_valkey(settings: Settings, stack: ExitStack) -> Settings:
    """Bring up a Valkey unless one is configured; it outlasts restarts of the product."""
    if settings.valkey_url is not None:
        return settings
    url = stack.enter_context(embedded_valkey(settings.data_dir / "valkey"))
    stack.enter_context(announced_valkey(settings, url))
    return settings.model_copy(update={"valkey_url": url})


def _variables(settings: Settings, screens_port: int) -> dict[str, str]:
    """Return what the two sides must know of each other; links in mails open the screens that reload."""
    origins = [f"http://{host}:{screens_port}" for host in ("localhost", "127.0.0.1")]
    return {
        "BOUCLE_PORT": str(settings.port),
        "BOUCLE_DATA_DIR": str(settings.data_dir.absolute()),
        "BOUCLE_VALKEY_URL": settings.valkey_url or "",
        "BOUCLE_ALLOWED_ORIGINS": ",".join(filter(None, [settings.allowed_origins, *origins])),
        "BOUCLE_PUBLIC_URL": settings.public_url or origins[0],
        "BOUCLE_DEV_BACKEND": f"http://127.0.0.1:{settings.port}",
    }


def _product_command(*, demo: bool) -> list[str]:
    return [sys.executable, "-m", "boucle", "run", *([] if demo else ["--no-demo"])]


def _screens_command(port: int) -> list[str]:
    # Node itself, not npm: whatever ends us then ends the server, and not only a shell around it.
    return [_node(), str(VITE), "--port", str(port), "--strictPort"]


def _generate_types() -> None:
    """Write the typed documents of the screens anew; a wrong document is told and waits to be corrected."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm was not found: the screens need Node 20 or newer.")
    ended = subprocess.run([npm, "run", "--silent", "codegen"], cwd=FRONTEND, check=False)  # noqa: S603
    if ended.returncode:
        say("A GraphQL document of the screens does not fit schema.graphql (see above).")


def _node() -> str:
    node = shutil.which("node")
    if node is None or not VITE.is_file():
        sys.exit("The screens are not installed. Run `make dev`, which installs them first (needs Node 20 or newer).")
    return node


def _follow_changes(product: Child, screens: Child, stop: threading.Event) -> None:
    code = Watch([ROOT / "backend"], SERVED)
    documents = Watch([FRONTEND / "src", ROOT / "schema.graphql"], DOCUMENTS)
    was_running = True
    while not stop.wait(LOOK_EVERY_SECONDS):
        if changed := code.changed():
            say(f"Restarting: {changed[0].relative_to(ROOT)} changed")
            product.restart()
        elif was_running and not product.is_running:
            say("The product has ended (see above); it starts again with the next change.")
        was_running = product.is_running
        if documents.changed():
            _generate_types()
        if not screens.is_running:
            sys.exit("The screens have ended (see above).")
    say("Stopped.")


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, ask_to_stop)
    return stop


if __name__ == "__main__":
    app()
