"""What may be asked about requests and proposals."""
