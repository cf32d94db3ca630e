"""A wrong setting is refused at the start, in words; every setting is documented as it is."""

import subprocess
import sys
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest
from annotated_types import Ge, Le
from pydantic.fields import FieldInfo

from boucle.settings import Settings, SettingsError, load_settings

OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"

WRONG = [
    ("BOUCLE_PORT", "http", "valid integer"),
    ("BOUCLE_PORT", "70000", "65535"),
    ("BOUCLE_SESSION_DAYS", "0", "greater than or equal to 1"),
    ("BOUCLE_DATABASE_URL", "mysql://localhost/boucle", "postgres://"),
    ("BOUCLE_VALKEY_URL", "localhost:6379", "redis://"),
    ("BOUCLE_MAIL_URL", "mail.example.com", "smtp://"),
    ("BOUCLE_LOG_FORMAT", "xml", "'console' or 'json'"),
    ("BOUCLE_COOKIE_SECURE", "perhaps", "valid boolean"),
]


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"BOUCLE_{name.upper()}", raising=False)


@pytest.mark.parametrize(("name", "value", "allowed"), WRONG)
def test_wrong_setting_is_refused_with_its_name_its_value_and_what_is_allowed(monkeypatch, name, value, allowed):
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as refused:
        load_settings()

    message = str(refused.value)
    assert f"{name}='{value}'" in message
    assert allowed in message


def test_all_wrong_settings_are_told_at_once(monkeypatch):
    monkeypatch.setenv("BOUCLE_PORT", "http")
    monkeypatch.setenv("BOUCLE_LOG_LEVEL", "loud")

    with pytest.raises(SettingsError) as refused:
        load_settings()

    assert {line.split("=")[0] for line in str(refused.value).splitlines()} == {"BOUCLE_PORT", "BOUCLE_LOG_LEVEL"}


def test_option_wins_over_the_environment(monkeypatch):
    monkeypatch.setenv("BOUCLE_PORT", "8001")

    assert load_settings(port=8002, host=None).port == 8002
    assert load_settings(port=None).port == 8001


def test_command_with_a_wrong_setting_ends_before_it_does_anything(tmp_path, monkeypatch):
    monkeypatch.setenv("BOUCLE_SWEEP_SECONDS", "soon")

    command = [sys.executable, "-m", "boucle", "run", "--data-dir", str(tmp_path / "data")]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert ended.returncode == 1
    assert "BOUCLE_SWEEP_SECONDS='soon'" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "data").exists()


def test_operations_guide_lists_every_setting_as_the_code_has_it():
    expected = [documented_row(name, field) for name, field in Settings.model_fields.items()]
    written = [line for line in OPERATIONS.read_text().splitlines() if line.startswith("| `BOUCLE_")]

    assert written == expected, "docs/operations.md should say:\n" + "\n".join(expected)


def documented_row(name: str, field: FieldInfo) -> str:
    """Return the row of the table in docs/operations.md that describes a setting."""
    default = "–" if field.default in {None, ""} else f"`{shown(field.default)}`"
    meaning = (field.description or "").replace("|", "\\|")
    return f"| `BOUCLE_{name.upper()}` | {default} | {allowed_values(field)} | {meaning} |"


def shown(default: object) -> str:
    return str(default).lower() if isinstance(default, bool) else str(default)


def allowed_values(field: FieldInfo) -> str:
    if get_origin(field.annotation) is Literal:
        return ", ".join(f"`{value}`" for value in get_args(field.annotation))
    if field.annotation is bool:
        return "`true`, `false`"
    least = next((each.ge for each in field.metadata if isinstance(each, Ge)), None)
    most = next((each.le for each in field.metadata if isinstance(each, Le)), None)
    if least is None:
        return "text"
    return f"{least} to {most}" if most is not None else f"{least} or more"
