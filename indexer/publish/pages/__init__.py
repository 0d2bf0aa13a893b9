"""What each page shows, as plain values for its template. Reads the index through store.reader and nothing else."""
