"""The deployment in docker-compose.yml agrees with the code: settings, commands, order, health."""

import re

import pytest
from starlette.applications import Starlette

from boucle.api import health
from boucle.api.static import PACKAGED
from boucle.cli import app
from boucle.kit.database import Dialect, dialect_of
from boucle.running import web_server
from boucle.settings import Settings
from tests.house.compose import ROOT, VARIABLE, Service, image_settings, services, with_defaults

OURS = ("migrate", "web", "worker")
CADDY_KEEPS_SECONDS = 120
KNOWN = {f"BOUCLE_{name.upper()}" for name in Settings.model_fields}


@pytest.fixture(scope="module")
def compose() -> dict[str, Service]:
    return services()


def settings_of(service: Service) -> Settings:
    given = image_settings() | service.environment
    return Settings.model_validate({name.removeprefix("BOUCLE_").lower(): value for name, value in given.items()})


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_a_setting_and_its_value_is_allowed(compose, name):
    given = image_settings() | compose[name].environment

    assert given
    assert [variable for variable in given if variable not in KNOWN] == []
    settings_of(compose[name])


def test_web_and_worker_share_database_valkey_and_mail(compose):
    web, worker, migrate = (settings_of(compose[name]) for name in ("web", "worker", "migrate"))

    assert web.database_url == worker.database_url == migrate.database_url
    assert dialect_of(web.database) is Dialect.POSTGRES
    assert web.valkey_url is not None
    assert web.valkey_url == worker.valkey_url
    assert web.mail_url == worker.mail_url
    assert web.address == worker.address


def test_urls_name_services_and_their_credentials(compose):
    web, database = settings_of(compose["web"]), compose["database"].environment

    credentials = f"{database['POSTGRES_USER']}:{database['POSTGRES_PASSWORD']}"
    assert web.database_url == f"postgres://{credentials}@database:5432/{database['POSTGRES_DB']}"
    assert web.valkey_url == "redis://valkey:6379/0"
    assert web.mail_url == "smtp://mail:1025"
    assert {"valkey", "mail"} <= compose.keys()


def test_two_of_each_serve_and_work(compose):
    assert {name: compose[name].raw["deploy"]["replicas"] for name in ("web", "worker")} == {"web": 2, "worker": 2}


@pytest.mark.parametrize("name", OURS)
def test_commands_exist(compose, name):
    assert 'ENTRYPOINT ["boucle"]' in (ROOT / "Dockerfile").read_text()
    assert compose[name].command == [name]
    assert name in list(app)


def test_migrations_run_before_everything_else_and_once(compose):
    assert compose["migrate"].raw["restart"] == "no"
    assert compose["migrate"].waits_for["database"] == "service_healthy"
    for name in ("web", "worker"):
        assert compose[name].waits_for["migrate"] == "service_completed_successfully"
    assert compose["proxy"].waits_for == {"web": "service_healthy"}


def test_health_check_asks_an_address_that_exists(compose):
    asked = re.search(r"http://127\.0\.0\.1:(?P<port>\d+)(?P<path>/\w+)", compose["web"].health_check)

    assert asked is not None
    assert asked["path"] in {route.path for route in health.routes}
    assert int(asked["port"]) == settings_of(compose["web"]).port


def test_only_the_proxy_and_the_mail_catcher_can_be_reached_from_outside(compose):
    assert {name for name, each in compose.items() if "ports" in each.raw} == {"proxy", "mail"}
    assert all(port.startswith("127.0.0.1:") for port in compose["mail"].raw["ports"])


def test_proxy_sends_to_the_port_that_web_listens_on_and_hides_the_watchers_addresses(compose):
    caddyfile = (ROOT / "deploy" / "Caddyfile").read_text()

    assert "./deploy/Caddyfile:/etc/caddy/Caddyfile:ro" in compose["proxy"].raw["volumes"]
    assert f"dynamic a web {settings_of(compose['web']).port}" in caddyfile
    hidden = re.search(r"@internal path (.+)", caddyfile)
    assert hidden is not None
    assert set(hidden[1].split()) < {route.path for route in health.routes}


def test_web_keeps_connections_longer_than_the_proxy(compose):
    """An answer that is sent to a connection that is just being closed is lost: it is a POST and not sent again."""
    config = web_server(Starlette(), settings_of(compose["web"])).config
    assert config.timeout_keep_alive > CADDY_KEEPS_SECONDS
    assert "keepalive" not in (ROOT / "deploy" / "Caddyfile").read_text()  # its own default holds


def test_public_address_is_the_one_that_the_proxy_publishes(compose):
    published = with_defaults(compose["proxy"].raw["ports"][0]).split(":")[0]

    assert settings_of(compose["web"]).address == f"http://localhost:{published}"


def test_example_environment_names_only_what_compose_reads_and_is_allowed(compose):
    lines = (ROOT / ".env.example").read_text().splitlines()
    pairs = dict(re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", "\n".join(lines), flags=re.MULTILINE))
    read = {match["name"] for match in VARIABLE.finditer((ROOT / "docker-compose.yml").read_text())}

    assert pairs.keys() <= read
    given = {name: with_defaults(str(value), pairs) for name, value in compose["web"].raw["environment"].items()}
    Settings.model_validate({name.removeprefix("BOUCLE_").lower(): value for name, value in given.items()})


def test_image_puts_the_screens_where_the_web_process_looks_for_them():
    copied = re.search(r"^COPY --from=screens \S+ (\S+)$", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)

    assert copied is not None
    assert ROOT / copied[1] == PACKAGED


def test_everything_that_the_image_copies_is_in_the_repository_and_in_the_build_context():
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    copies = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    for source in (each for copy in copies for each in copy.split()):
        assert (ROOT / source).exists(), source
        assert any(f"!{part}" in ignored for part in (source.rstrip("/"), source.split("/")[0])), source
