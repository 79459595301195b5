"""What people fill in on the journey."""
