"""What editors look at: findings, proofs, comparisons, the state of issues and of the machine. Changes nothing."""
