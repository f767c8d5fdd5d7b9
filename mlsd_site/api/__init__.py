"""What all of REST has in common: who asks, how often, in which form it is refused, and what it says of itself."""
