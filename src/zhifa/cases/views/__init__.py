"""The pages of casework, one module a page or a family of pages."""
