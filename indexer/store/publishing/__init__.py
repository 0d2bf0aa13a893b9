"""The copy of an index that is meant for the world: what it leaves out, and how it is made."""
