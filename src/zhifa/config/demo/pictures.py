"""Pictures for demo evidence (演示照片): drawn, marked 演示, never a real place."""

import io
import zlib
from datetime import datetime

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

from zhifa import clock

_SIZE = (960, 640)


def photograph(caption: str, *, taken_at: datetime) -> bytes:
    """Return a JPEG that says what it stands for; other captions give other pictures."""
    shade = zlib.crc32(caption.encode()) % 60
    picture = Image.new("RGB", _SIZE, (188 - shade, 196 - shade, 204 - shade))
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(pylopdf_fonts_zh_cn.sans_path()), 30)
    for x in range(0, _SIZE[0], 120):
        draw.line([(x, 220), (x, 560)], fill=(120, 120, 120), width=3)
    for y in (220, 330, 440, 560):
        draw.line([(0, y), (_SIZE[0], y)], fill=(120, 120, 120), width=5)
    draw.text((40, 40), "演示照片，非真实场景", font=font, fill=(160, 20, 30))
    draw.text((40, 90), caption, font=font, fill=(20, 30, 50))
    when = taken_at.astimezone(clock.BEIJING).strftime("%Y-%m-%d %H:%M")
    draw.text((40, 140), when, font=font, fill=(20, 30, 50))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
