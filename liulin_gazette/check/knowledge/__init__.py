"""What rules know of the world: laws, former agencies and set phrases, each with its source and day."""
