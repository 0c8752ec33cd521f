"""The fair-day rehearsal: a whole day played against the running product, and its go/no-go sheet."""
