"""Who people are: the user, the profile, and allauth's pages in our look."""
