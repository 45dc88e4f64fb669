"""The stand-alone verifier (独立验证): tree, notes, proofs and receipts; no Django, no Zhifa.

Only the standard library and `cryptography`: small enough to be read by whoever does not trust us.
"""
