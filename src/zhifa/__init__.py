"""Zhifa (执法三项制度平台): the three systems of administrative law enforcement."""
