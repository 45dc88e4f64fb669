"""Passwords as the product keeps them, only quick to make: tests make hundreds of people."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class Fast(PBKDF2PasswordHasher):
    """The product's own way with one round; a server started by a test can read what it made."""

    iterations = 1
