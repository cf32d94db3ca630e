"""`python -m boucle` is the same as `boucle`."""

from boucle.cli import main

main()
