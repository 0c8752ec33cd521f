"""What people and staff can do about a forgotten password."""
