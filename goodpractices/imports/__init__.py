"""Imports of good practices; the column maps are the TOML files beside."""
