"""A drawn bust for files of the practice township; nobody's face."""

from __future__ import annotations

import io
from random import Random


def portrait(draw: Random, sex: str) -> bytes:
    """In ID-photo size."""
    from PIL import Image, ImageDraw

    ground = draw.choice(["#dfe7ea", "#e9e4da", "#dde5dc"])
    coat = draw.choice(["#3e4f5c", "#5a4a42", "#44564b", "#6b5b6e"])
    image = Image.new("RGB", (413, 579), ground)
    pen = ImageDraw.Draw(image)
    pen.ellipse((56, 400, 357, 800), fill=coat)
    pen.rectangle((176, 330, 238, 420), fill="#e3c2a4")
    pen.ellipse((120, 140, 294, 372), fill="#ecd0b4")
    pen.pieslice(
        (112, 118, 302, 350 if sex == "女" else 300), 180, 360, fill=draw.choice(["#8f8f8f", "#5d5a57"])
    )
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()
