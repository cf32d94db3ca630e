"""A GraphQL selection becomes one SQL statement that answers JSON. Knows no term of the product."""
