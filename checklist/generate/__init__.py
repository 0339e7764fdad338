"""Made-up cases: a story for each, told as a case record tells it, silence and disagreement too."""
