"""The GraphQL surface of events."""
