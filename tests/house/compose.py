"""The parts of docker-compose.yml and the Dockerfile that tests compare with the code."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::-(?P<default>[^}]*))?\}")


@dataclass(frozen=True, slots=True)
class Service:
    """One service as compose would start it when nobody sets anything."""

    name: str
    raw: Mapping[str, Any]

    @property
    def environment(self) -> dict[str, str]:
        return {name: with_defaults(str(value)) for name, value in self.raw.get("environment", {}).items()}

    @property
    def command(self) -> list[str]:
        return list(self.raw.get("command", []))

    @property
    def waits_for(self) -> dict[str, str]:
        return {name: each["condition"] for name, each in self.raw.get("depends_on", {}).items()}

    @property
    def health_check(self) -> str:
        return " ".join(self.raw.get("healthcheck", {}).get("test", []))


def with_defaults(text: str, given: Mapping[str, str] | None = None) -> str:
    """Replace `${NAME:-default}` as compose does."""
    return VARIABLE.sub(lambda match: (given or {}).get(match["name"]) or match["default"] or "", text)


def services() -> dict[str, Service]:
    document = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return {name: Service(name, raw) for name, raw in document["services"].items()}


def image_settings() -> dict[str, str]:
    """Return the BOUCLE_* variables that the image itself sets."""
    return dict(re.findall(r"\b(BOUCLE_\w+)=(\S+)", (ROOT / "Dockerfile").read_text()))
