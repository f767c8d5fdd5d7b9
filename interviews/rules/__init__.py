"""Pure decisions about sessions: plain values in, a value out."""
