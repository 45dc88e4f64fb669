"""Settings, root URLs, middleware, base templates, the command line: what joins the rooms."""
