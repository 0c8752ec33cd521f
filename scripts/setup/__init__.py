"""What a fresh machine needs before the product can start: standard library only."""
