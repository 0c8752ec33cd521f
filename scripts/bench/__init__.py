"""Measures our endpoints beside what could be there instead, doing the same SQL in the same run."""
