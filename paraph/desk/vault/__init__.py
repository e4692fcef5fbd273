"""The pages of the vault: signed files, their archives, how long they stay."""
