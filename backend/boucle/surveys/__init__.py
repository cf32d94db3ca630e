"""Programs, surveys, their published versions and the responses they receive."""
