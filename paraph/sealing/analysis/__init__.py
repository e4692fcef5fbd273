"""The parts of a check, one question each; `paraph.sealing.verify` asks them in order."""
