"""What happens outside of the browsers: customers answer by signed intake, and state is read over the API."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx

from boucle.demo.company import ADMIN, DOMAIN, PASSWORD

SURVEY = "apres-commande-web"
TEAM = "Service client web"
SIGN_IN = """mutation ($email: String!, $password: String!) {
  sessionCreate(email: $email, password: $password) { userErrors { message } }
}"""
TICKET = """query ($key: String!) { ticketByKey(key: $key) {
  id key version subject priority currentSegment status { key } assignee { name email } contact { id }
  comments(first: 20) { nodes { body author { name } } }
} }"""
numbers = count(1)


@dataclass(frozen=True)
class Answered:
    """What became of an answer."""

    key: str
    contact_id: str
    name: str
    comment: str
    score: int


class Api:
    """GraphQL as one person, and the intake of a survey."""

    def __init__(self, address: str, handle: str = ADMIN) -> None:
        self.http = httpx.Client(base_url=address, headers={"X-Boucle-CSRF": "1"}, timeout=30)
        self(SIGN_IN, email=f"{handle}@{DOMAIN}", password=PASSWORD)

    def __call__(self, query: str, **variables: Any) -> dict[str, Any]:
        """Run an operation that nobody refuses; return its data."""
        answer = self.http.post("/graphql", json={"query": query, "variables": variables}).json()
        assert "errors" not in answer, answer
        for payload in answer["data"].values():
            assert not (isinstance(payload, dict) and payload.get("userErrors")), payload
        return answer["data"]

    def ticket(self, key: str) -> dict[str, Any]:
        """The ticket as it is now."""
        return self(TICKET, key=key)["ticketByKey"]

    def answer(self, name: str, comment: str, *, score: int = 2, survey: str = SURVEY) -> Answered:
        """Send an answer of a new customer, signed; a bad one opens a ticket."""
        number = next(numbers)
        first, last = name.split(" ", 1)
        body = json.dumps(
            {
                "externalId": f"e2e-{number}",
                "contact": {"firstName": first, "lastName": last, "email": f"client{number}@exemple.fr"},
                "answers": {"note": score, "raison": comment},
            },
            ensure_ascii=False,
        ).encode()
        signature = hmac.new(self._secret(survey).encode(), body, hashlib.sha256).hexdigest()
        taken = self.http.post(f"/intake/{survey}", content=body, headers={"X-Boucle-Signature": f"sha256={signature}"})
        assert taken.status_code == 201, taken.text
        stored = taken.json()
        return Answered(stored["ticketKey"], stored["contactId"], name, comment, score)

    def _secret(self, survey: str) -> str:
        return self("query ($key: String!) { surveyByKey(key: $key) { intakeSecret } }", key=survey)["surveyByKey"][
            "intakeSecret"
        ]

    def act(self, mutation: str, key: str, **variables: Any) -> dict[str, Any]:
        """Run a mutation on a ticket at its present version."""
        ticket = self.ticket(key)
        return self(mutation, id=ticket["id"], version=ticket["version"], **variables)

    def assign(self, key: str, email: str) -> None:
        """Give the ticket to somebody."""
        users = self("query { users(first: 50) { nodes { id email } } }")["users"]["nodes"]
        owner = next(user["id"] for user in users if user["email"] == email)
        self.act(
            """mutation ($id: ID!, $version: Int!, $owner: ID!) {
              ticketAssign(id: $id, expectedVersion: $version, input: {assigneeId: $owner}) { userErrors { message } }
            }""",
            key,
            owner=owner,
        )

    def rename(self, key: str, subject: str) -> None:
        """Change the ticket, so that whoever saw it before has seen an older version."""
        self.act(
            """mutation ($id: ID!, $version: Int!, $subject: String!) {
              ticketUpdate(id: $id, expectedVersion: $version, input: {subject: $subject}) { userErrors { message } }
            }""",
            key,
            subject=subject,
        )
