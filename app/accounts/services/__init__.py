"""What people can do to log in and out."""
