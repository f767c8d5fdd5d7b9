"""Cheat sheets: a page of words, tables and a drawing, made once as plain values and written in three forms.

content.py, frameworks.py, candidate.py and full.py make a Sheet; markdown.py, the templates and pdf.py write it. A
candidate's sheet is made from the candidate's half of a case alone; full.py is the only one that is given a guide.
"""
