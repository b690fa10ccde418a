// maps
