"""How right the attribution is: gold files, the measures, and the report that `quotes evaluate` prints."""
