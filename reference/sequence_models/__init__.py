"""Solvers for sequence models and optimisation: an LSTM with numbers, a grid of recurrent cells, momentum."""
