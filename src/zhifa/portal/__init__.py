"""The public site: intake of packages, pages, verification (公示门户)."""
