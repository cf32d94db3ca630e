"""Live delivery: the log reader of the process and the subscriptions that follow it."""
