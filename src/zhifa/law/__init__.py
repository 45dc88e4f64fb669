"""Pure: citations, dated rules, legal time, money, identifiers, and how a rule says no (依据)."""
