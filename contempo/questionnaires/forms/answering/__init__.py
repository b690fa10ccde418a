"""What respondents type: pages of answers, passing on, declining, a copy by mail, paper forms."""
