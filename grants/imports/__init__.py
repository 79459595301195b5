"""Rate files as an import of the portal."""
