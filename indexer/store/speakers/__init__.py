"""Who is who across documents: the rules, what people decide, and the tables that hold it."""
