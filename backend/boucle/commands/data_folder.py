"""The data folder: there, writable, and closed to other users of the machine."""

import re
import tempfile
from contextlib import suppress
from pathlib import Path

from boucle.kit.errors import NotAllowedNow
from boucle.settings import Settings

OURS = re.compile(r"boucle\.sqlite3.*|valkey|valkey\.url")


def prepare_folder(settings: Settings) -> None:
    """Make the folder, or raise `NotAllowedNow` where it cannot be used."""
    folder = settings.data_dir
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise NotAllowedNow(
            "The data folder {folder} cannot be used ({error}). Let this user write there, or choose another with "
            "--data-dir or BOUCLE_DATA_DIR.",
            folder=folder.absolute(),
            error=error.strerror or error,
        ) from error
    if _is_ours(folder):
        with suppress(PermissionError):  # somebody else's, who lets us write
            folder.chmod(0o700)


def _is_ours(folder: Path) -> bool:
    """Whether nobody keeps anything else there: a home or /tmp is not for us to close."""
    return all(OURS.fullmatch(each.name) for each in folder.iterdir())
