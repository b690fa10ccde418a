"""The only readers of the catalogue: the public pages, the search, the pages of the desk."""
