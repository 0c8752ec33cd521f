"""Employers over the wire."""
