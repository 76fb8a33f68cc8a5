//! Photos for a book: no larger than a screen shows, and no larger in bytes than a book can carry many times.

use super::{DynamicImage, Photo, jpeg_components, on_white, resized};

/// How large pictures of a book are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Screen {
    /// No pictures.
    None,
    /// For readers with electronic paper: 1072 pixels along the longer side, 160 kB at most.
    Eink,
    /// For tablets too: 1600 pixels along the longer side, 500 kB at most. A page shows a picture at two fifths of its height.
    #[default]
    Tablet,
    /// As the files have them; only turned upright, and PNG files made JPEG files.
    Original,
}

impl Screen {
    /// Pixels along the longer side, and bytes of a file.
    fn most(self) -> (u32, usize) {
        match self {
            Screen::None => (0, 0),
            Screen::Eink => (1072, 160_000),
            Screen::Tablet => (1600, 500_000),
            Screen::Original => (u32::MAX, usize::MAX),
        }
    }
}

/// Qualities that are tried until a file is small enough.
const QUALITIES: [u8; 4] = [86, 78, 68, 56];

impl Photo {
    /// The photo as a JPEG file for a screen, in colour or in greys. It says nothing of where and by which camera it was taken.
    pub fn for_screen(&self, screen: Screen, grey: bool) -> Vec<u8> {
        let (side, bytes) = screen.most();
        self.within(side, bytes, grey)
    }

    /// The photo as a JPEG file that fits into a square of so many pixels and, where that can be, into so many bytes.
    pub fn within(&self, side: u32, most: usize, grey: bool) -> Vec<u8> {
        let (w, h) = self.pixels;
        if self.plain_jpeg && w.max(h) <= side && self.bytes.len() <= most && (!grey || self.grey) {
            return without_origin(&self.bytes);
        }
        let image = on_white(self.upright());
        let shrink = (f64::from(side) / f64::from(w.max(h))).min(1.0);
        let target = |v: u32| ((f64::from(v) * shrink).round() as u32).max(1);
        let mut sized = if shrink < 1.0 { resized(&image, (target(w), target(h))) } else { image.into_owned() };
        if grey || self.grey {
            sized = DynamicImage::ImageLuma8(sized.to_luma8());
        }
        let mut out = Vec::new();
        for quality in QUALITIES {
            out = encoded(&sized, quality);
            if out.len() <= most {
                return out;
            }
        }
        // a photo so full of detail is shown smaller: each try has seven tenths of the pixels
        while out.len() > most && sized.width().min(sized.height()) > 64 {
            let (w, h) = (sized.width() * 5 / 6, sized.height() * 5 / 6);
            sized = resized(&sized, (w, h));
            out = encoded(&sized, QUALITIES[3]);
        }
        out
    }
}

impl Photo {
    /// The middle of the photo, as large as fills a rectangle of so many pixels: red, green and blue of each.
    pub fn filling(&self, w: u32, h: u32) -> Vec<u8> {
        let image = on_white(self.upright());
        let (has_w, has_h) = (f64::from(image.width()), f64::from(image.height()));
        let scale = (f64::from(w) / has_w).max(f64::from(h) / has_h);
        let (cut_w, cut_h) = ((f64::from(w) / scale).min(has_w), (f64::from(h) / scale).min(has_h));
        let (x, y) = (((has_w - cut_w) / 2.0) as u32, ((has_h - cut_h) / 2.0) as u32);
        let cut = image.crop_imm(x, y, (cut_w.round() as u32).max(1), (cut_h.round() as u32).max(1));
        resized(&cut, (w, h)).to_rgb8().into_raw()
    }
}

fn encoded(image: &DynamicImage, quality: u8) -> Vec<u8> {
    let (w, h) = (image.width().min(65_535) as u16, image.height().min(65_535) as u16);
    let mut bytes = Vec::new();
    let encoder = super::encoder(&mut bytes, quality);
    // writing to memory does not fail, and a side of no picture that is read is longer than 30,000
    let _ = match image {
        DynamicImage::ImageLuma8(grey) => encoder.encode(grey, w, h, jpeg_encoder::ColorType::Luma),
        other => encoder.encode(&other.to_rgb8(), w, h, jpeg_encoder::ColorType::Rgb),
    };
    bytes
}

/// A JPEG file without the segments that tell of camera, place and time (Exif, XMP, comments). What colours need stays: JFIF, ICC, Adobe.
fn without_origin(bytes: &[u8]) -> Vec<u8> {
    debug_assert!(jpeg_components(bytes).is_some());
    let mut out = bytes.get(..2).unwrap_or_default().to_vec();
    let mut i = 2;
    while let Some([0xff, marker, high, low]) = bytes.get(i..i + 4) {
        let length = 2 + usize::from(u16::from_be_bytes([*high, *low]));
        // the scan goes on to the end of the file
        if *marker == 0xda {
            break;
        }
        if !matches!(*marker, 0xe1 | 0xe3..=0xed | 0xef | 0xfe) {
            out.extend_from_slice(bytes.get(i..i + length).unwrap_or_default());
        }
        i += length;
    }
    out.extend_from_slice(bytes.get(i..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(w: u16, h: u16, quality: u8) -> Vec<u8> {
        let mut seed = 7u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        };
        let pixels: Vec<u8> = (0..usize::from(w) * usize::from(h) * 3).map(|_| next()).collect();
        let mut out = Vec::new();
        jpeg_encoder::Encoder::new(&mut out, quality).encode(&pixels, w, h, jpeg_encoder::ColorType::Rgb).unwrap();
        out
    }

    #[test]
    fn no_picture_is_larger_than_its_cap_in_pixels_or_bytes() {
        let photo = Photo::read(noise(1400, 900, 95)).unwrap();
        let bytes = photo.for_screen(Screen::Eink, false);
        assert!(bytes.len() <= 160_000, "{}", bytes.len());
        let shown = image::load_from_memory(&bytes).unwrap();
        assert!(shown.width() <= 1072 && shown.width() * 9 / 14 >= shown.height() - 2, "{}", shown.width());
        let original = photo.for_screen(Screen::Original, false);
        assert_eq!(image::load_from_memory(&original).unwrap().width(), 1400);
    }

    #[test]
    fn greys_have_one_component() {
        let photo = Photo::read(noise(90, 60, 80)).unwrap();
        let bytes = photo.for_screen(Screen::Tablet, true);
        assert_eq!(jpeg_components(&bytes), Some(1));
        assert_eq!(jpeg_components(&photo.for_screen(Screen::Tablet, false)), Some(3));
    }

    #[test]
    fn nothing_tells_where_a_photo_was_taken() {
        let plain = noise(64, 64, 80);
        let mut tagged = plain[..2].to_vec();
        tagged.extend(b"\xff\xe1\x00\x0cExif\0\0GPS!");
        tagged.extend(b"\xff\xfe\x00\x06home");
        tagged.extend(&plain[2..]);
        let photo = Photo::read(tagged).unwrap();
        assert!(photo.for_screen(Screen::Tablet, false) == plain);
    }
}
