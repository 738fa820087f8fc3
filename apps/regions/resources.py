"""Rows of the kind ``profil`` (columns to the letter of spec section 7)."""
