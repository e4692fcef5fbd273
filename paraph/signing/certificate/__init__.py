"""The certificate of completion: the page on which each party's act is accounted for."""
