"""Users, user types, permissions, teams, sessions, tokens, absences."""
