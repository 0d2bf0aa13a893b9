"""The index: one SQLite file, written by `store.writer`, read by `store.reader`, shaped by `store.migrations`.

Rooms of their own: `speakers` (who is who across documents), `corrections` (what people decide about quotations),
`search` (finding and counting).
"""
