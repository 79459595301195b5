"""Imports of host cards and of ESCO's concepts; the column maps are the TOML files beside."""
