"""What people can do with fairs."""
