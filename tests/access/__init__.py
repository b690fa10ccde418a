"""The matrix of every address × role × network, with the answer each must give."""
