"""Follows the rules of the board at once, as the runner does every half minute."""

from paraph.board.jobs import follow_rules

if __name__ == "__main__":
    follow_rules()
