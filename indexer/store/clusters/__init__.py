"""The same words in several documents: what makes two wordings one, and the clusters that come of it."""
