"""Stories that span domains: closing the loop, escalation, absence, foundations."""
