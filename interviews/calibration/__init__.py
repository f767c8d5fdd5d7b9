"""Calibration sessions: work that is rated blind (`works`), and apart from it what its key says (`keys`). Pure.

What a rater may see and what only one who has sealed may see lie in two files and are read by two modules: a page that
is made from a Work cannot hold a byte of its Key.
"""
