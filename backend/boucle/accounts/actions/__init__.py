"""The only writers of accounts, one module per kind of thing."""
