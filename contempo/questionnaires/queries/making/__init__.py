"""Reading questionnaires as those who write them see them."""
