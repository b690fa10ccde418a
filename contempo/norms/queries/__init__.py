"""What is read of the norms, page-ready."""
