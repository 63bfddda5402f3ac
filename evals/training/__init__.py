"""How the evidence ranker is trained and measured; nothing here runs in the product."""
