"""Benchmarks: `manage.py bench NAME` measures beside a reference, in a database of its own."""
