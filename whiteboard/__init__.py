"""What is drawn: scenes, their merge, their graph, live rooms and the log that makes replay possible."""
