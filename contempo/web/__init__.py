"""What every page is made of: frame, components, forms, lists, charts, maps, error pages, static sources.

Vocabulary: a *page* has one purpose; a *component* is a `<c-…>` tag; a *list page* is one page of rows with its count,
filters and order; an *accent* is the colour of a network. Knows the shared kernel and no context.
"""
