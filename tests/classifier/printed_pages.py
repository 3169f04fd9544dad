"""PDF files made by hand, byte by byte, for tests."""

from __future__ import annotations

from collections.abc import Sequence

HEAD = b"%PDF-1.4\n"


def pdf(*pages: str | bytes, title: str = "", trailer: str = "") -> bytes:
    """A PDF whose pages hold these drawings; fonts are F1, and F2 in bold."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        drawing = page if isinstance(page, bytes) else page.encode("cp1252")
        fonts = "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >>"
        box = f"/MediaBox [0 0 595 842] /Contents {6 + 2 * number} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} {fonts} >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing))
    objects.append(f"<< /Title ({title}) >>".encode())
    return _file(objects, trailer)


def _file(objects: Sequence[bytes], trailer: str) -> bytes:
    out, places = HEAD, []
    for number, item in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    about = f"<< /Size {size} /Root 1 0 R /Info {len(objects)} 0 R {trailer} >>".encode()
    tail = b"trailer %s\nstartxref\n%d\n%%%%EOF\n" % (about, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + tail


def lines(*shown: str, x: int = 72, y: int = 760, size: int = 11, lead: int = 14, font: str = "F1") -> str:
    """Lines one under another, from this place on; an empty one leaves its place free."""
    parts = [f"BT /{font} {size} Tf {lead} TL {x} {y} Td"]
    for text in shown:
        safe = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        parts.append(f"({safe}) Tj T*" if text else "T*")
    return " ".join([*parts, "ET\n"])
