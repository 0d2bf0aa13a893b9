"""From open corpora to the language model that ships with the package, by one command (`quotes model train`)."""
