"""Pure: definitions of the procedures, facts, engine, proofs about them, charts (执法程序)."""
