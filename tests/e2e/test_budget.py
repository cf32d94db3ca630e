"""What the product may weigh: the first load of the inbox, and memory at rest."""

import gzip
import shutil
import time
from pathlib import Path

import pytest
from playwright.sync_api import Response, expect

from tests.e2e.browsers import Desks
from tests.e2e.product import start_product

pytestmark = pytest.mark.browser

FIRST_LOAD_KB = 220
IDLE_MIB = 200
SETTLED_AFTER_SECONDS = 3


@pytest.mark.parametrize("layout", ["list", "feed"])
def test_the_first_load_of_the_inbox_is_light(desks: Desks, layout: str):
    page = desks.of("ines", path=None)
    loaded: list[Response] = []

    def note(answer: Response) -> None:  # Playwright marks its handlers, which a built-in method does not bear
        loaded.append(answer)

    page.on("response", note)
    page.goto(f"/inbox?view=all&as={layout}")
    expect(page.get_by_role("row" if layout == "list" else "article").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    weights = {
        answer.url: len(gzip.compress(answer.body(), compresslevel=9)) / 1000
        for answer in loaded
        if answer.request.resource_type in {"script", "stylesheet"}
    }
    assert weights
    assert sum(weights.values()) <= FIRST_LOAD_KB, weights


def test_web_and_worker_at_rest_are_small(company_data: Path, tmp_path: Path):
    product = start_product(shutil.copytree(company_data, tmp_path / "data"))
    try:
        time.sleep(SETTLED_AFTER_SECONDS)
        used = product.resident_mib()
    finally:
        product.stop()
    assert used < IDLE_MIB, f"{used:.0f} MiB"
