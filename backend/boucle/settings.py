"""Every setting of Boucle, from `BOUCLE_*`; the only module that reads the environment."""

from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsError(Exception):
    """A wrong setting; the message names it, its value and what is allowed."""


class Settings(BaseSettings):
    """Read once at the start of a process and handed on; never changed."""

    model_config = SettingsConfigDict(env_prefix="BOUCLE_", frozen=True, extra="ignore")

    data_dir: Path = Field(Path("data"), description="Folder of the embedded database and Valkey.")
    database_url: str | None = Field(None, description="sqlite:///path or postgres://…; none: a file in data_dir.")
    valkey_url: str | None = Field(None, description="redis://host:port/0; none: an embedded server (boucle run).")
    host: str = Field("127.0.0.1", description="Address that the web process listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port that the web process listens on; 0: any free one.")
    connections: int = Field(0, ge=0, description="Open connections of a web process; 0: as many as open files allow.")
    public_url: str | None = Field(None, description="Address that people type, used in links; none: host and port.")
    allowed_origins: str = Field("", description="Other web origins that may open the live socket, by comma.")
    cookie_secure: bool = Field(default=False, description="Mark the session cookie Secure; switch on behind HTTPS.")
    trusted_proxies: str = Field("", description="Proxy addresses whose X-Forwarded-* headers are believed, by comma.")
    session_days: int = Field(14, ge=1, le=365, description="Days until an unused session ends.")
    database_pool: int = Field(10, ge=1, le=200, description="PostgreSQL connections of one process.")
    statement_timeout_seconds: float = Field(
        15, ge=0, le=600, description="Longest statement of a web request; 0: any."
    )
    mail_url: str | None = Field(None, description="smtp://, smtps:// or smtp+starttls:// URL; none: no mail.")
    mail_from: str = Field("Boucle <boucle@localhost>", description="Sender of every mail.")
    resume_days: float = Field(7, ge=1, le=365, description="How far back a live client may resume by cursor.")
    live_queue: int = Field(2000, ge=10, le=100_000, description="Events a slow live client may fall behind.")
    intake_limit_kib: int = Field(256, ge=1, le=10_240, description="Largest body of POST /intake, in KiB.")
    intake_per_minute: int = Field(6000, ge=1, description="Intake requests per survey and minute.")
    cost_limit: int = Field(20_000, ge=100, description="Highest cost of one GraphQL operation.")
    cost_capacity: int = Field(500_000, ge=100, description="Cost that a token or user may use up at once.")
    cost_restore: int = Field(20_000, ge=1, description="Cost that each of them gets back in a second.")
    operation_timeout_seconds: float = Field(30, ge=0, le=600, description="Longest GraphQL query or mutation; 0: any.")
    worker_concurrency: int = Field(10, ge=1, le=200, description="Jobs that a worker runs at the same time.")
    sweep_seconds: int = Field(10, ge=1, le=600, description="Seconds between sweeps for whatever was lost.")
    introspection: Literal["everyone", "signed_in"] = Field("signed_in", description="Who may ask for the schema.")
    log_format: Literal["console", "json"] = Field("console", description="How log lines look.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level that is logged.")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str | None) -> str | None:
        if value is not None and urlsplit(value).scheme not in {"sqlite", "postgres", "postgresql"}:
            raise ValueError("allowed: sqlite:///path/to/file or postgres://user:password@host:port/name")
        return value

    @field_validator("valkey_url")
    @classmethod
    def _known_valkey(cls, value: str | None) -> str | None:
        if value is not None and urlsplit(value).scheme not in {"redis", "rediss", "unix"}:
            raise ValueError("allowed: redis://host:port/0, rediss://… or unix:///path")
        return value

    @field_validator("mail_url")
    @classmethod
    def _known_mail(cls, value: str | None) -> str | None:
        if value is not None and urlsplit(value).scheme not in {"smtp", "smtps", "smtp+starttls"}:
            raise ValueError("allowed: smtp://host:port, smtps://… or smtp+starttls://user:password@host:port")
        return value

    @cached_property
    def database(self) -> str:
        """The database URL, by default a file in the data folder."""
        return self.database_url or f"sqlite://{self.data_dir.absolute() / 'boucle.sqlite3'}"

    @cached_property
    def shown_database(self) -> str:
        """The database URL for people and logs, without its password."""
        parts = urlsplit(self.database)
        return self.database.replace(f":{parts.password}@", ":…@") if parts.password else self.database

    @cached_property
    def address(self) -> str:
        """Where people reach this deployment, without a slash at the end."""
        return self.address_at(self.port)

    def address_at(self, port: int) -> str:
        """Return the address with the port that the web server really listens on."""
        host = "localhost" if self.host in {"127.0.0.1", "0.0.0.0", "::"} else self.host  # noqa: S104
        return (self.public_url or f"http://{host}:{port}").rstrip("/")

    @cached_property
    def retention(self) -> timedelta:
        """How far back a live client may resume."""
        return timedelta(days=self.resume_days)


def load_settings(**overrides: object) -> Settings:
    """Read the environment; raise `SettingsError` that names each wrong setting, its value and what is allowed."""
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]  # checked by pydantic, which is the point
    except ValidationError as error:
        lines = [
            f"BOUCLE_{'_'.join(str(part) for part in each['loc']).upper()}={each['input']!r}: {each['msg']}"
            for each in error.errors()
        ]
        raise SettingsError("\n".join(lines)) from error
