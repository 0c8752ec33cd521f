"""Whole stories in real browsers, against the whole product."""
