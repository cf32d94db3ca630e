"""Those whom Boucle is measured against."""
