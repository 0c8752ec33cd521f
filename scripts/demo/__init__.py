"""The demo fair: who takes part and what they have written."""
