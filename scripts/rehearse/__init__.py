"""The fair-day rehearsal: a day played against the running product, and its sheet."""
