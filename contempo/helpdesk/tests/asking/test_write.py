"""The first screen: four answers, and nothing typed is lost."""
