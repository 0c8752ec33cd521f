"""The parts of ``make test``: each runs one kind of test and counts what passed and failed."""
