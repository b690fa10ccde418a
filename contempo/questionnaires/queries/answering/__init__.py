"""What respondents see: where a link leads, the pages with what was answered, the summary, the copy."""
