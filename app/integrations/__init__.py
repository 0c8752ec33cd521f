"""Outside services behind our own names; their libraries are imported only here."""
