"""Logs say where an error came from, and nothing of what was being worked on."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from boucle.kit.logging import configure_logging


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root, configured = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**configured)


def fail_with(password: str) -> None:
    raise LookupError(len(password))


@pytest.mark.parametrize("form", ["console", "json"])
def test_an_error_is_logged_without_the_values_that_led_to_it(capsys, form):
    configure_logging(form=form, level="info")
    try:
        fail_with("correct horse".upper())
    except LookupError:
        structlog.get_logger("boucle.trial").exception("trial_failed")
    logged = capsys.readouterr().err
    assert "trial_failed" in logged
    assert "LookupError" in logged
    assert "fail_with" in logged
    assert "CORRECT HORSE" not in logged
    if form == "json":
        assert json.loads(logged)["level"] == "error"
