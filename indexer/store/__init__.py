"""The index: one SQLite file, written by `store.writer`, read by `store.reader`, shaped by `store.migrations`.

Rooms of their own: `speakers` (who is who across documents), `clusters` (the same words in several documents),
`corrections` (what people decide about quotations), `search` (finding and counting).
"""
