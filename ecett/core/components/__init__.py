"""The parts pages are made of. `ecett.core.templatetags.ui` gathers them into one tag library."""
