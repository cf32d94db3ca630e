"""Customers: who they are, and how an incoming answer finds the right one."""
