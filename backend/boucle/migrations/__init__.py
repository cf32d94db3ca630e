"""Migrations of the one schema, run by `boucle migrate` on both engines."""
