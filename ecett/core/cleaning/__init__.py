"""Documents that people hand on: made anew without what they say of their makers, before anybody else gets them.

`handed_on.make_clean` is the door; `office` and `pdf` do the work and know no Django.
"""
