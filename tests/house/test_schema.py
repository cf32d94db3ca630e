"""Promises about the whole schema: guarded, described, fresh, the same manners everywhere."""

from pathlib import Path

import pytest
from graphql import GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType, GraphQLScalarType
from strawberry.schema.schema import Schema

from boucle.api.guards import Guard
from boucle.api.repeating import SECRET
from boucle.api.schema import make_schema

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def schema() -> Schema:
    return make_schema()


@pytest.mark.parametrize("root", ["Query", "Mutation", "Subscription"])
def test_every_root_field_has_a_guard(schema, root):
    fields = schema.get_type_by_name(root).fields
    unguarded = [field.name for field in fields if not any(isinstance(each, Guard) for each in field.extensions)]
    assert fields
    assert unguarded == []


def test_public_root_fields_are_exactly_these(schema):
    public = {
        field.name
        for root in ("Query", "Mutation", "Subscription")
        for field in schema.get_type_by_name(root).fields
        for each in field.extensions
        if isinstance(each, Guard) and each.is_public
    }
    assert public == {"viewer", "node", "session_create"}


def test_every_type_field_and_argument_says_what_it_means(schema):
    silent = []
    for name, kind in schema._schema.type_map.items():
        if name.startswith("__") or (isinstance(kind, GraphQLScalarType) and name != "Cursor"):
            continue
        if not kind.description and name not in {"Query", "Mutation", "Subscription"}:
            silent.append(name)
        if isinstance(kind, GraphQLObjectType | GraphQLInputObjectType | GraphQLInterfaceType):
            silent += [f"{name}.{field}" for field, value in kind.fields.items() if not value.description]
    assert silent == []


def test_every_payload_has_user_errors(schema):
    mutations = schema._schema.mutation_type.fields
    without = [name for name, field in mutations.items() if "userErrors" not in field.type.of_type.fields]
    assert without == []


def test_every_update_asks_for_the_version_seen(schema):
    mutations = schema._schema.mutation_type.fields
    updates = [name for name in mutations if name.endswith("Update")]
    assert updates
    assert [name for name in updates if "expectedVersion" not in mutations[name].args] == []


def test_every_create_takes_an_idempotency_key(schema):
    mutations = schema._schema.mutation_type.fields
    exceptions = {"sessionCreate", "apiTokenCreate"}  # secrets are shown once and never again
    creates = [name for name in mutations if name.endswith("Create") and name not in exceptions]
    assert creates
    assert [name for name in creates if "idempotencyKey" not in mutations[name].args] == []


def test_no_key_compares_a_password(schema):
    inputs = [kind for kind in schema.schema_converter.type_map.values() if getattr(kind.definition, "is_input", False)]
    secret = {
        f"{kind.definition.name}.{each.python_name}": SECRET in each.metadata
        for kind in inputs
        for each in kind.definition.fields
        if any(word in each.python_name for word in ("password", "secret"))
    }
    assert secret == {"UserCreateInput.password": True}


def test_the_schema_file_is_fresh(schema):
    assert (ROOT / "schema.graphql").read_text().strip() == schema.as_str().strip()
