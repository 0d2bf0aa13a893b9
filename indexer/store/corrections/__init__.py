"""What people decide about single quotations: anchored to words, kept in a log, laid over what the program finds."""
