"""Tickets, statuses, comments, escalation rules, mail and due times."""
