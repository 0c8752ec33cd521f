"""Tests of the outbox, its channels and the ledger."""
