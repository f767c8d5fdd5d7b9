"""What is asked: the checklist, the frameworks, the cases and their guides."""
