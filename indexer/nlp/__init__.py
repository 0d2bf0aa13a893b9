"""Document -> attributions: the only home of spaCy. Start at `analysis`."""
