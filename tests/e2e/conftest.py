"""The product, a browser, and people in it."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.api import Api
from tests.e2e.browsers import Desks, chromium
from tests.e2e.product import REPOSITORY, Product, start_product


@pytest.fixture(scope="package")
def company_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo company's data, to be copied."""
    folder = tmp_path_factory.mktemp("company")
    subprocess.run(
        [sys.executable, "-m", "tests.e2e.small_company", str(folder)], cwd=REPOSITORY, check=True, stdout=-3
    )
    return folder


@pytest.fixture(scope="package")
def product(company_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The one product that most tests share; each works on tickets of its own."""
    product = start_product(shutil.copytree(company_data, tmp_path_factory.mktemp("product") / "data"))
    yield product
    product.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    # Not for the whole session: the loop that Playwright keeps running would be in the way of other packages.
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="package")
def api(product: Product) -> Api:
    """The administrator, outside of any browser."""
    return Api(product.address)


@pytest.fixture
def desks(browser: Browser, product: Product) -> Iterator[Desks]:
    """Windows of people; the test fails if anything broke in one of them."""
    desks = Desks(browser, product.address)
    yield desks
    desks.close()
    assert desks.broken == []
