"""What answers leave in the tables, whatever numbers their rows were given."""

from collections.abc import Mapping
from typing import Any

from boucle.kit.database import fetch

TABLES = {"contacts": "con", "responses": "rsp", "tickets": "tkt", "events": "evt"}
REFERENCES = {"contact_id": "con", "response_id": "rsp", "ticket_id": "tkt"}
CHANCE = frozenset({"tracking_id", "txid"})


async def last_ids() -> dict[str, int]:
    """Return the highest number in each table."""
    return {name: (await fetch(f"SELECT coalesce(max(id), 0) AS id FROM {name}"))[0]["id"] for name in TABLES}


async def stored_after(last: Mapping[str, int]) -> tuple[dict[str, list[dict[str, Any]]], dict[str, int]]:
    """Return all rows behind these numbers, by table, and the places that took the place of global ids."""
    tables = {name: await fetch(f"SELECT * FROM {name} WHERE id > {last[name]} ORDER BY id") for name in TABLES}
    places = {f"{TABLES[name]}_{row['id']}": place for name, rows in tables.items() for place, row in enumerate(rows)}
    return {name: [_renumbered(row, places, TABLES[name]) for row in rows] for name, rows in tables.items()}, places


def _renumbered(row: Mapping[str, Any], places: Mapping[str, int], prefix: str) -> dict[str, Any]:
    values = {name: value for name, value in row.items() if name not in CHANCE}
    for name, kind in REFERENCES.items():
        values[name] = places.get(f"{kind}_{values.get(name)}", values.get(name))
    values["id"] = places[f"{prefix}_{values['id']}"]
    values["subject"] = places.get(values.get("subject"), values.get("subject"))
    if values.get("origin"):
        values["origin"] = places["rsp_" + values["origin"].removeprefix("response:")]
    if str(values.get("customer_name", "")).startswith("#"):
        number = values["customer_name"]
        values["customer_name"] = f"#{places[number.replace('#', 'con_')]}"
        values["search_text"] = values["search_text"].replace(number, values["customer_name"])
    return values
