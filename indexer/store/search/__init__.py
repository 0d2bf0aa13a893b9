"""Finding and counting quotations: what people type, filters, and queries whose cost stays the same."""
