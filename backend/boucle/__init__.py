"""Boucle: open, self-hosted closed-loop customer feedback."""
