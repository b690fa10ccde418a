"""Mail that comes to the desk: taken in, filed, decided upon by a person."""
