"""What a PDF file carries beside its pages: scripts, attached files, forms."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extras:
    """See the module.

    Args:
        scripts: how many there are in the file's own list; none is ever run.
        files: how many are attached.
        form: it has fields to fill in.
    """

    scripts: int = 0
    files: int = 0
    form: bool = False


def extras(data: bytes) -> Extras:
    """What a file carries; it has been opened before without an error.

    Args:
        data: the bytes.
    """
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    with pdfium.PdfDocument(data) as document:
        return Extras(
            max(raw.FPDFDoc_GetJavaScriptActionCount(document.raw), 0),
            max(raw.FPDFDoc_GetAttachmentCount(document.raw), 0),
            document.get_formtype() != raw.FORMTYPE_NONE,
        )
