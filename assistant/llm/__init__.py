"""A language model on a leash: it words answers, and what reaches the reader is only what the documents say."""
