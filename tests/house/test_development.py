"""`make dev` sees what changed and leaves no process behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from boucle.commands.child import Child
from boucle.commands.watching import Watch

LOOP = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {inner!r}]); time.sleep(60)"
INNER = "import os, pathlib, sys, time; pathlib.Path({note!r}).write_text(str(os.getpid())); time.sleep(60)"


def comes_true(condition: Callable[[], object], seconds: float = 15) -> bool:
    """Whether something becomes so, in a while."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def is_alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_watch_tells_what_was_written_added_and_removed_once(tmp_path):
    kept, removed, single = tmp_path / "kept.py", tmp_path / "removed.py", tmp_path / "single.graphql"
    for path in (kept, removed, single, tmp_path / "notes.md"):
        path.write_text("before")
    (tmp_path / "__pycache__").mkdir()
    watch = Watch([tmp_path, single], frozenset({".py"}))

    os.utime(kept, ns=(1, 1))
    os.utime(single, ns=(1, 1))
    removed.unlink()
    (tmp_path / "added.py").write_text("new")
    (tmp_path / "notes.md").write_text("after, and nobody asked")
    (tmp_path / "__pycache__" / "kept.py").write_text("ours")

    assert [path.name for path in watch.changed()] == ["added.py", "kept.py", "removed.py", "single.graphql"]
    assert watch.changed() == []


def test_stopped_child_ends_with_everything_that_it_started(tmp_path):
    note = tmp_path / "pid"
    command = [sys.executable, "-c", LOOP.format(inner=INNER.format(note=str(note)))]
    child = Child(command, folder=tmp_path, variables={})
    child.start()
    assert comes_true(lambda: note.exists() and note.read_text())
    assert child.is_running

    child.stop()

    assert not child.is_running
    assert comes_true(lambda: not is_alive(int(note.read_text())))


def test_child_ends_even_when_its_parent_is_killed(tmp_path):
    note = tmp_path / "pid"
    parent_code = (
        "import sys, time; from pathlib import Path; from boucle.commands.child import Child\n"
        f"Child([sys.executable, '-c', {INNER.format(note=str(note))!r}], folder=Path('.'), variables={{}}).start()\n"
        "time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", parent_code])
    assert comes_true(lambda: note.exists() and note.read_text())

    parent.send_signal(signal.SIGKILL)
    parent.wait()

    assert comes_true(lambda: not is_alive(int(note.read_text())))
