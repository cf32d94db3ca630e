"""The GraphQL surface of surveys."""
