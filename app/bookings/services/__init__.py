"""What employers and staff do with enrolments."""
