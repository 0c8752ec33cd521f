"""What employers and staff do with registrations."""
