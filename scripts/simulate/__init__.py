"""A fair day in pure Python: our rule for a busy student beside the others, and our promises."""
