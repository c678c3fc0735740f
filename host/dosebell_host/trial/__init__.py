"""Without a board: preview, simulate, a virtual board, and the demo."""
