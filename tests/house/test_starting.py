"""A start that cannot succeed ends at once with one line; what it leaves on the disk is nobody else's to read."""

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from boucle.commands.data_folder import prepare_folder
from boucle.commands.listening import bound_sockets
from boucle.kit.errors import NotAllowedNow
from boucle.settings import load_settings

REPOSITORY = Path(__file__).parents[2]


def boucle(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    variables = {f"BOUCLE_{name.upper()}": value for name, value in settings.items()}
    return subprocess.run(
        [sys.executable, "-m", "boucle", *arguments],
        env=os.environ | {"PYTHONPATH": str(REPOSITORY / "backend"), **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def taken_port():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def assert_told(ended: subprocess.CompletedProcess[str], *words: str) -> None:
    assert ended.returncode == 1
    *before, told = (ended.stdout + ended.stderr).strip().splitlines()
    assert all(word in told for word in words), told
    assert all(line.startswith("Preparing") for line in before)


def test_a_port_that_is_taken_is_told_before_anything_is_made(tmp_path, taken_port):
    ended = boucle("run", f"--port={taken_port}", f"--data-dir={tmp_path / 'data'}")
    assert_told(ended, f"Port {taken_port} on 127.0.0.1 is taken", "--port")
    assert not (tmp_path / "data").exists()
    assert_told(boucle("web", f"--port={taken_port}", f"--data-dir={tmp_path / 'data'}"), "is taken")


def test_a_folder_that_cannot_be_used_is_told(tmp_path):
    (tmp_path / "file").touch()
    ended = boucle("run", "--port=0", f"--data-dir={tmp_path / 'file' / 'data'}")
    assert_told(ended, "cannot be used", "BOUCLE_DATA_DIR")


def test_a_file_that_is_no_database_is_told(tmp_path):
    (tmp_path / "boucle.sqlite3").write_bytes(b"no database, and longer than its header " * 100)
    assert_told(boucle("run", "--port=0", f"--data-dir={tmp_path}"), "file is not a database")


@pytest.mark.parametrize("command", ["run", "web", "migrate"])
def test_a_database_server_that_is_not_there_is_told_without_its_password(tmp_path, command):
    url = "postgres://boucle:secret@127.0.0.1:1/boucle"
    port = [] if command == "migrate" else ["--port=0"]
    ended = boucle(command, *port, f"--data-dir={tmp_path}", database_url=url)
    assert_told(ended, "cannot be reached", "BOUCLE_DATABASE_URL")
    assert "secret" not in ended.stdout + ended.stderr


def test_a_role_that_the_database_server_does_not_know_is_told(tmp_path, database_factory):
    url = f"postgres://nobody:secret@/postgres?host={database_factory.socket}"
    assert_told(boucle("run", "--port=0", f"--data-dir={tmp_path}", database_url=url), 'role "nobody" does not exist')


def test_what_is_made_is_its_owners_alone_and_what_was_open_is_closed(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    database = folder / "boucle.sqlite3"
    database.touch(mode=0o644)
    database.chmod(0o644)
    prepare_folder(load_settings(data_dir=folder))
    assert boucle("migrate", f"--data-dir={folder}").returncode == 0
    assert mode(folder) == 0o700
    assert {mode(path) for path in folder.iterdir()} == {0o600}


def test_a_folder_in_which_others_keep_things_is_left_as_it_is(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir(mode=0o755)
    (folder / "letters").touch()
    prepare_folder(load_settings(data_dir=folder))
    assert mode(folder) == 0o755


def test_any_free_port_is_the_same_for_each_address_of_the_host():
    sockets = bound_sockets("localhost", 0)
    assert len({each.getsockname()[1] for each in sockets}) == 1
    for each in sockets:
        each.close()
    with pytest.raises(NotAllowedNow, match="no address to listen on"):
        bound_sockets("nowhere.invalid", 0)
