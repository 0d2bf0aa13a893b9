"""The index: one SQLite file, written by `store.writer`, read by `store.reader`, shaped by `store.migrations`."""
