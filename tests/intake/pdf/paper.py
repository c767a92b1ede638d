"""PDF files written by hand, for tests: text, rules, pictures and annotations where the test puts them."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

_FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold", "F3": "Courier"}


@dataclass
class Sheet:
    """A page of 595 by 842 points.

    Args:
        turned: degrees by which it is shown turned, clockwise.
        crop: left, bottom, right and top of what is shown, all of it if empty.
    """

    turned: int = 0
    crop: tuple[float, ...] = ()
    marks: list[str] = field(default_factory=list)
    annotations: list[str] = field(default_factory=list)
    pictures: int = 0

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = 11,
        *,
        font: str = "F1",
        colour: str = "0 0 0",
        mode: int = 0,
        matrix: str = "1 0 0 1",
    ) -> Sheet:
        """Put words with the start of their base line at a point."""
        shown = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self.marks.append(f"BT {colour} rg {mode} Tr /{font} {size} Tf {matrix} {x} {y} Tm ({shown}) Tj ET")
        return self

    def lines(self, x: float, y: float, *rows: str, step: float = 14, size: float = 11, font: str = "F1") -> Sheet:
        """Put rows below each other."""
        for index, row in enumerate(rows):
            self.text(x, y - index * step, row, size, font=font)
        return self

    def box(self, left: float, bottom: float, right: float, top: float, colour: str = "0 0 0") -> Sheet:
        """Fill a rectangle; a thin one is a rule."""
        self.marks.append(f"{colour} rg {left} {bottom} {right - left} {top - bottom} re f")
        return self

    def picture(self, left: float, bottom: float, right: float, top: float) -> Sheet:
        """Put a grey picture."""
        self.pictures += 1
        self.marks.append(f"q {right - left} 0 0 {top - bottom} {left} {bottom} cm /Im Do Q")
        return self

    def note(self, kind: str, words: str, left: float, bottom: float, right: float, top: float) -> Sheet:
        """Annotate: ``FreeText``, ``Text``, ``Highlight``, ``StrikeOut``."""
        quads = f"/QuadPoints [{left} {top} {right} {top} {left} {bottom} {right} {bottom}]"
        on_words = quads if kind in ("Highlight", "StrikeOut") else ""
        self.annotations.append(
            f"<< /Type /Annot /Subtype /{kind} /Rect [{left} {bottom} {right} {top}] /Contents ({words}) /T (ada) "
            f"{on_words} >>"
        )
        return self


def paper(*sheets: Sheet, script: bool = False, locked: bool = False) -> bytes:
    """A PDF file of some pages, with a script or a password that nobody knows."""
    objects: list[bytes] = [b"", b""]  # catalogue and list of pages, written last
    fonts = []
    for name, face in _FONTS.items():
        objects.append(
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{face} /Encoding /WinAnsiEncoding >>".encode("latin-1")
        )
        fonts.append(f"/{name} {len(objects)} 0 R")
    pixels = zlib.compress(b"\x80")
    objects.append(
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        + f"/Filter /FlateDecode /Length {len(pixels)} >>\nstream\n".encode()
        + pixels
        + b"\nendstream"
    )
    shared = f"<< /Font << {' '.join(fonts)} >> /XObject << /Im {len(objects)} 0 R >> >>"
    kids = []
    for sheet in sheets:
        drawn = zlib.compress("\n".join(sheet.marks).encode("latin-1", errors="replace"))
        objects.append(f"<< /Filter /FlateDecode /Length {len(drawn)} >>\nstream\n".encode() + drawn + b"\nendstream")
        crop = f"/CropBox [{' '.join(map(str, sheet.crop))}]" if sheet.crop else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {crop} /Rotate {sheet.turned} "
            f"/Resources {shared} /Contents {len(objects)} 0 R /Annots [{' '.join(sheet.annotations)}] >>".encode(
                "latin-1", errors="replace"
            )
        )
        kids.append(f"{len(objects)} 0 R")
    names = ""
    if script:
        objects.append(b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>")
        names = f"/Names << /JavaScript << /Names [(a) {len(objects)} 0 R] >> >>"
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R {names} >>".encode()
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    lock = ""
    if locked:
        secret = "".join(f"{number * 7 % 256:02x}" for number in range(32))
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{secret}> /U <{secret}> >>".encode())
        lock = f"/Encrypt {len(objects)} 0 R /ID [<{secret}> <{secret}>]"
    made = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    made += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    made += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {lock} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(made)
