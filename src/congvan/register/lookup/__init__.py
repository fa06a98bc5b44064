"""Lines of the register found by what is on the paper: number and symbol, words, dates."""
