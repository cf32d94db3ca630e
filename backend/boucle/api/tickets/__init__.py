"""The GraphQL surface of tickets."""
