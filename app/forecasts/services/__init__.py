"""What can be done with forecasts: renew them, promise from them, keep score."""
