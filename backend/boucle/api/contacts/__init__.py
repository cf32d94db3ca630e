"""The GraphQL surface of contacts."""
