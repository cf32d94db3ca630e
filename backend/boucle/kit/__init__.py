"""Tools that know nothing of the product: clock, errors, ids, database, unit of work, bus, jobs, mail."""
