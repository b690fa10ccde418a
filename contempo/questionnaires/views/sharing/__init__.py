"""Pages of what others read: good practices and needs."""
