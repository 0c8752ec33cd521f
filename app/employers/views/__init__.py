"""Endpoints of employers: their registration and people, and their places at schools."""
