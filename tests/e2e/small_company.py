"""A tenth of the demo company, told into a folder that `boucle run` then opens; run as a process of its own."""

import asyncio
import logging
import sys
from pathlib import Path

from boucle.commands.database import migrate_all, opened
from boucle.demo.history import tell_history
from boucle.kit.clock import utc_now
from boucle.kit.jobs import RecordingQueue, install_queue
from boucle.kit.logging import configure_logging
from boucle.settings import load_settings

SCALE = 0.1


async def found(data_dir: Path) -> None:
    """Fill the folder's database."""
    settings = load_settings(data_dir=data_dir)
    configure_logging(form=settings.log_format, level="warning")
    logging.getLogger("boucle").setLevel(logging.WARNING)
    await migrate_all(settings)
    async with opened(settings):
        install_queue(RecordingQueue())
        await tell_history(end=utc_now(), scale=SCALE, say=print)


if __name__ == "__main__":
    asyncio.run(found(Path(sys.argv[1])))
