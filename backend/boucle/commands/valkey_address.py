"""How other commands find the embedded Valkey of a running `boucle run`: a note in the data folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from boucle.settings import Settings


def _note(settings: Settings) -> Path:
    return settings.data_dir / "valkey.url"


@contextmanager
def announced_valkey(settings: Settings, url: str) -> Iterator[None]:
    """Leave a note of the URL as long as the block runs."""
    note = _note(settings)
    note.unlink(missing_ok=True)
    note.touch(mode=0o600)
    note.write_text(url)
    try:
        yield
    finally:
        note.unlink(missing_ok=True)


def with_running_valkey(settings: Settings) -> Settings:
    """Return the settings with the Valkey of a `boucle run` on the same data folder, where one is running."""
    if settings.valkey_url is not None or not _note(settings).is_file():
        return settings
    url = _note(settings).read_text().strip()
    try:
        with Redis.from_url(url) as client:
            client.ping()
    except (RedisError, OSError, ValueError):
        return settings
    return settings.model_copy(update={"valkey_url": url})
