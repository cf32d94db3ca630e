"""The edge: GraphQL, HTTP and sockets. The only package that knows Strawberry and Starlette."""

from boucle.api import enums as enums
