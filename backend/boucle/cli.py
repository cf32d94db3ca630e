"""The command line: run, web, worker, migrate, demo, schema, user, token, doctor."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from boucle.commands.terminal import say
from boucle.settings import SettingsError, load_settings

app = App(name="boucle", help="Open, self-hosted closed-loop customer feedback.", version_flags=["--version"])
user_app = App(name="user", help="Accounts of people who sign in.")
token_app = App(name="token", help="API tokens for machines.")
app.command(user_app)
app.command(token_app)

DataDir = Annotated[Path | None, Parameter(help="Folder of the embedded database (default: data, BOUCLE_DATA_DIR).")]
Host = Annotated[str | None, Parameter(help="Address to listen on (default: 127.0.0.1, BOUCLE_HOST).")]
Port = Annotated[int | None, Parameter(help="Port to listen on (default: 8000, BOUCLE_PORT); 0: any free one.")]


def main() -> None:
    """Run one command; a wrong setting or an expected failure is told in words, without a stack."""
    from boucle.kit.errors import DomainError

    os.umask(0o077)  # whatever we write is about people
    try:
        app()
    except SettingsError as error:
        sys.exit(f"Wrong setting:\n{error}\nSee docs/operations.md for all settings.")
    except DomainError as error:
        sys.exit(error.message)


@app.command
def run(*, host: Host = None, port: Port = None, data_dir: DataDir = None, demo: bool = True) -> None:
    """Run everything in one process: web, worker, an embedded database and Valkey; demo data at the first start.

    Parameters
    ----------
    demo
        Fill an empty database with a believable company (--no-demo: start empty).
    """
    from boucle.commands.running import run_everything

    run_everything(load_settings(host=host, port=port, data_dir=data_dir), with_demo=demo)


@app.command
def web(*, host: Host = None, port: Port = None, data_dir: DataDir = None) -> None:
    """Run one web process; needs a migrated database, and BOUCLE_VALKEY_URL to share with others."""
    from boucle.commands.running import run_web

    run_web(load_settings(host=host, port=port, data_dir=data_dir))


@app.command
def worker(*, data_dir: DataDir = None) -> None:
    """Run one worker process; needs BOUCLE_VALKEY_URL."""
    from boucle.commands.running import run_worker_process

    run_worker_process(load_settings(data_dir=data_dir))


@app.command
def migrate(*, restored: bool = False, data_dir: DataDir = None) -> None:
    """Bring the database to this version; safe to run again.

    Parameters
    ----------
    restored
        The database was just restored from a backup: live clients read everything anew instead of resuming.
    """
    from boucle.commands.database import migrate_all

    asyncio.run(migrate_all(load_settings(data_dir=data_dir), restored=restored))
    say("The database is up to date.")


@app.command
def demo(
    *,
    live: bool = False,
    every: Annotated[float, Parameter(help="Seconds between two answers with --live.")] = 4.0,
    data_dir: DataDir = None,
) -> None:
    """Fill an empty database with the demo company; with --live, keep sending answers to a filled one.

    Parameters
    ----------
    live
        Send one answer after another until Ctrl-C, so that the feed moves while one watches.
    """
    import uvloop

    from boucle.commands.demo import fill, send_answers

    settings = load_settings(data_dir=data_dir)
    uvloop.run(send_answers(settings, every=every) if live else fill(settings))


@app.command
def schema() -> None:
    """Print the GraphQL schema, the contract that `schema.graphql` holds."""
    from boucle.api.schema import make_schema
    from boucle.kit.database import initialise_models

    initialise_models()
    made = make_schema()
    made.operations.check()
    print(made.as_str())


@user_app.command(name="create")
def user_create(
    email: str,
    *,
    name: str,
    password: Annotated[str | None, Parameter(help="At least 10 characters; asked for when missing.")] = None,
    user_type: Annotated[str, Parameter(name="--type", help="Key of the user type.")] = "organisation_admin",
    data_dir: DataDir = None,
) -> None:
    """Create a user, by default an organisation administrator."""
    from boucle.commands.people import create_account

    settings = load_settings(data_dir=data_dir)
    asyncio.run(create_account(settings, email=email, name=name, password=password, user_type=user_type))
    say(f"{email} can sign in now.")


@token_app.command(name="create")
def token_create(
    *,
    user: Annotated[str, Parameter(help="E-mail address of the user whose rights the token has.")],
    name: Annotated[str, Parameter(help="What the token is for.")] = "Command line",
    days: Annotated[int | None, Parameter(help="Days until it ends; none: until it is revoked.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Create an API token and print it once, alone on its line."""
    from boucle.commands.people import create_api_token

    settings = load_settings(data_dir=data_dir)
    print(asyncio.run(create_api_token(settings, email=user, name=name, days=days)))


@app.command
def doctor(*, data_dir: DataDir = None) -> None:
    """Check database, migrations, Valkey, mail and worker, and say what to do."""
    from boucle.commands.doctor import examine

    findings = asyncio.run(examine(load_settings(data_dir=data_dir)))
    for each in findings:
        print(f"{'ok  ' if each.is_fine else 'FAIL'}  {each.what:<10}  {each.detail}")
    if not all(each.is_fine for each in findings):
        sys.exit(1)


if __name__ == "__main__":
    main()
