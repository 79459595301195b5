"""What people fill in for certification."""
