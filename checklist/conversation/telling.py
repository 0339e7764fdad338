"""What both screens do alike: they show blocks and reports, as the renderers print them."""

from collections.abc import Iterable
from typing import IO

from checklist.render.blocks import Block
from checklist.render.blocks_terminal import print_blocks, print_lines
from checklist.render.terminal import console_for, print_report
from checklist.report import arrange
from checklist.review import Review
from checklist.rulebook import Rulebook


class Telling:
    """A stream on which a conversation shows what it has to say."""

    def __init__(self, out: IO[str], *, plain: bool = False) -> None:
        self._console = console_for(out, plain=plain)

    def tell(self, *blocks: Block) -> None:
        """Show something, set apart from what stands above."""
        self._console.print()
        print_blocks(blocks, self._console)

    def lines(self, lines: Iterable[str]) -> None:
        """Show lines of a file as they stand in it."""
        print_lines(lines, self._console)

    def report(self, review: Review, rulebook: Rulebook) -> None:
        """Show the gap report of a review."""
        self._console.print()
        print_report(arrange(review, rulebook, sources=False), self._console)
