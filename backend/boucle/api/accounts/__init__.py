"""The GraphQL surface of accounts."""
