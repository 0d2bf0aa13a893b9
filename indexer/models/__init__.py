"""The trained pipeline that ships with the package (`en_quotes`), and its model card."""
