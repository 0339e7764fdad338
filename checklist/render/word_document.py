"""A Word document (.docx) of blocks, for people to go on writing in.

Headings, lists and tables are Word's own, so that its outline, a screen reader and a partnership's
template find them. The same blocks give the same bytes: neither the day nor a name goes in.
"""

import datetime
import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any, Final

from checklist.extras import needed
from checklist.render.blocks import Block, Bullets, Entry, Heading, Notes, Say, Table, Task
from checklist.text import harmless

_FONT: Final = "Calibri"
_SIZE: Final = 9.5
_SMALL: Final = 7.5
_MARGIN: Final = 1.7  # centimetres
_LINE: Final = 21 - 2 * _MARGIN
_DAY: Final = datetime.datetime(2000, 1, 1)
_ZIP_DAY: Final = (1980, 1, 1, 0, 0, 0)


def as_word(blocks: Iterable[Block], title: str) -> bytes:
    """Return blocks as a Word document; raises BadInput where python-docx is not installed."""
    with needed("Word documents are written by python-docx"):
        from docx import Document
    document = Document()
    _set_up(document, title)
    writer = _Writer(document)
    for block in blocks:
        writer.write(block)
    stream = io.BytesIO()
    document.save(stream)
    return _without_days(stream.getvalue())


class _Writer:
    """Writes blocks to the end of a document."""

    def __init__(self, document: Any) -> None:
        self._document = document

    def write(self, block: Block) -> None:
        match block:
            case Heading(text, level):
                self._document.add_heading(_legal(text), level - 1)
            case Say(text, aside):
                self._paragraph([(text, "italic" if aside else "")])
            case Entry(tag, title, lines):
                self._paragraph([(f"{tag} {title}", "bold")])
                self._bullets([(f"{label}:" if label else "", text) for label, text in lines])
            case Task(tag, title, lines):
                self.write(Entry(f"\u2610 {tag}", title, lines))
            case Bullets(items):
                self._bullets(items)
            case Notes(items):
                for mark, text in items:
                    self._paragraph([(f"{mark} {text}", "")], "Notes")
            case Table(columns, rows, widths):
                self._table(columns, rows, widths)

    def _bullets(self, items: Iterable[tuple[str, str]]) -> None:
        for lead, text in items:
            parts = [(f"{lead} ", "bold"), (text, "")] if lead else [(text, "")]
            self._paragraph(parts, "List Bullet")

    def _paragraph(self, parts: Iterable[tuple[str, str]], style: str | None = None) -> None:
        paragraph = self._document.add_paragraph(style=style)
        for text, look in parts:
            run = paragraph.add_run(_legal(text))
            run.bold = True if look == "bold" else None
            run.italic = True if look == "italic" else None

    def _table(
        self, columns: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]
    ) -> None:
        from docx.oxml import OxmlElement
        from docx.shared import Cm

        table = self._document.add_table(rows=1, cols=len(columns), style="Table Grid")
        table.autofit = False
        for cell, name in zip(table.rows[0].cells, columns, strict=True):
            cell.paragraphs[0].add_run(_legal(name)).bold = True
        # read out before each cell, and repeated where the table goes on to another page
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = _legal(text)
        shares = [Cm(_LINE * width / sum(widths)) for width in widths]
        for column, share in zip(table.columns, shares, strict=True):
            column.width = share
        for row in table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, share in zip(row.cells, shares, strict=True):
                cell.width = share
                cell.paragraphs[0].style = self._document.styles["Cell"]


def _set_up(document: Any, title: str) -> None:
    """Set page, styles and properties; the template's own are for letters of any length."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(_MARGIN)
    section.top_margin = section.bottom_margin = Cm(_MARGIN - 0.3)
    styles = document.styles
    for name, size in (("Cell", _SIZE - 0.5), ("Notes", _SMALL)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.font.size = Pt(size)
    sizes = {"Normal": _SIZE, "Title": 17, "Heading 1": 11.5, "List Bullet": _SIZE}
    spaces = {"Title": (0, 3), "Heading 1": (6, 2), "Normal": (0, 3), "List Bullet": (0, 1)}
    for name, size in sizes.items():
        style = styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        before, after = spaces[name]
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.line_spacing = 1.0
    for name in ("Cell", "Notes"):
        styles[name].paragraph_format.space_after = Pt(0)
    said = document.core_properties
    said.title, said.author, said.last_modified_by, said.comments = _legal(title), "", "", ""
    said.created = said.modified = _DAY
    said.language, said.revision = "en-GB", 1


def _legal(text: str) -> str:
    """Return text without what XML cannot hold: each such character is written out as its code."""
    return harmless(text).replace("\ufffe", "<U+FFFE>").replace("\uffff", "<U+FFFF>")


def _without_days(content: bytes) -> bytes:
    """Return the package with its parts in the same order and on one fixed day."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as parts,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as to,
    ):
        for name in parts.namelist():
            to.writestr(zipfile.ZipInfo(name, _ZIP_DAY), parts.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
