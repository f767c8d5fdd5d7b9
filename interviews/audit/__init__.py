"""Who saw and changed what (docs/adr/0038): people by number, things by kind and id, and no content."""
