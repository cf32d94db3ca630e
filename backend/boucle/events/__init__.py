"""The one append-only log that timelines, activity, live feeds and audit all read."""
