"""Parts of `rules.checking`: what each kind of question needs, what conditions may speak of, texts."""
