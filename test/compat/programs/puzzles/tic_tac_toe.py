from functools import lru_cache

LINES = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6)]

def winner(board):
    return next((board[a] for a, b, c in LINES if board[a] != "." and board[a] == board[b] == board[c]), None)

@lru_cache(maxsize=None)
def score(board, player):
    if won := winner(board):
        return 1 if won == "X" else -1
    if "." not in board:
        return 0
    other = "O" if player == "X" else "X"
    scores = [score(board[:i] + player + board[i + 1:], other) for i, c in enumerate(board) if c == "."]
    return max(scores) if player == "X" else min(scores)

board, player = "X...O....", "X"
while not winner(board) and "." in board:
    other = "O" if player == "X" else "X"
    moves = [(score(board[:i] + player + board[i + 1:], other), -i) for i, c in enumerate(board) if c == "."]
    _, move = max(moves) if player == "X" else min(moves, key=lambda m: (m[0], -m[1]))
    board, player = board[:-move] + player + board[-move + 1:], other
print(board[:3], board[3:6], board[6:], winner(board), score.cache_info().currsize > 100)
