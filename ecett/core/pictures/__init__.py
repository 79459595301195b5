"""Photographs that people send: looked at before they are decoded, made anew in two sizes, shown where they belong."""
