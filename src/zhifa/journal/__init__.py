"""The record: append, chain, tree, checkpoints, proofs (记录)."""
