"""What the clock, the recruiters, the students and staff do about how employers keep their word."""
