//! Photos: read, turned upright, and made as large as they will be printed and no larger.

mod ebook;

pub use ebook::Screen;

use crate::frame::{Picture, Pixels};
use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, imageops::FilterType, metadata::Orientation,
};
use std::borrow::Cow;
use std::fmt;
use std::io::Cursor;

/// Resolution at which photos are printed, in pixels per inch.
pub const PRINT_PPI: f32 = 300.0;
/// A photo coarser than this looks soft.
pub const SOFT_PPI: f32 = 200.0;
/// A photo coarser than this looks broken.
pub const BROKEN_PPI: f32 = 120.0;

/// What is taken from the lights of a photo in shades of grey.
const TONE_IN_LIGHTS: f32 = 0.05;

/// A photo as its file has it.
#[derive(Debug)]
pub struct Photo {
    bytes: Vec<u8>,
    /// The pixels, as the file has them.
    decoded: DynamicImage,
    format: ImageFormat,
    orientation: Orientation,
    /// Width and height in pixels, upright.
    pub pixels: (u32, u32),
    /// Whether the file may go into a PDF as it is.
    plain_jpeg: bool,
    grey: bool,
}

/// Why a photo can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoError(String);

impl fmt::Display for PhotoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Photo {
    /// Reads a JPEG or PNG file, pixels and all, to be sure that they can be read.
    ///
    /// # Errors
    /// What is wrong with the file, in words.
    pub fn read(bytes: Vec<u8>) -> Result<Photo, PhotoError> {
        let format = image::guess_format(&bytes).ok().filter(|f| matches!(f, ImageFormat::Jpeg | ImageFormat::Png));
        let Some(format) = format else {
            return Err(PhotoError(if bytes.is_empty() {
                "the file is empty".into()
            } else {
                "it is neither a JPEG nor a PNG file".into()
            }));
        };
        let broken = |e: image::ImageError| PhotoError(format!("the file is damaged ({e})"));
        let (orientation, color) = {
            let mut decoder = reader(&bytes, format).into_decoder().map_err(broken)?;
            let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
            (orientation, decoder.original_color_type())
        };
        let decoded = reader(&bytes, format).decode().map_err(broken)?;
        let (w, h) = (decoded.width(), decoded.height());
        let turned = matches!(
            orientation,
            Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
        );
        let grey = color == image::ExtendedColorType::L8;
        let plain_jpeg = format == ImageFormat::Jpeg
            && orientation == Orientation::NoTransforms
            && (grey || color == image::ExtendedColorType::Rgb8)
            && jpeg_components(&bytes) == Some(if grey { 1 } else { 3 });
        Ok(Photo {
            pixels: if turned { (h, w) } else { (w, h) },
            bytes,
            decoded,
            format,
            orientation,
            plain_jpeg,
            grey,
        })
    }

    /// The resolution it would have, cropped to fill a rectangle in points, in pixels per inch.
    pub fn ppi(&self, width: f32, height: f32) -> f32 {
        let (w, h) = (self.pixels.0 as f32, self.pixels.1 as f32);
        (w / width).min(h / height) * 72.0
    }

    /// The picture to fill a rectangle in points: the file itself when it is small enough, else resampled to 300 ppi.
    pub fn picture(&self, width: f32, height: f32) -> Picture {
        let ppi = self.ppi(width, height);
        if self.plain_jpeg && ppi <= PRINT_PPI * 1.1 {
            return Picture {
                width: self.pixels.0,
                height: self.pixels.1,
                data: Pixels::Jpeg { bytes: self.bytes.clone(), grey: self.grey },
            };
        }
        encode(&self.cropped(width, height), self.format)
    }

    /// What of it fills a rectangle in points, from its middle, at 300 ppi or less.
    fn cropped(&self, width: f32, height: f32) -> DynamicImage {
        let image = self.upright();
        let (w, h) = (image.width() as f32, image.height() as f32);
        // what lies outside the rectangle is not stored
        let scale = (width / w).max(height / h);
        let (cw, ch) = ((width / scale).round().clamp(1.0, w), (height / scale).round().clamp(1.0, h));
        let cropped = image.crop_imm(((w - cw) / 2.0) as u32, ((h - ch) / 2.0) as u32, cw as u32, ch as u32);
        let shrink = (PRINT_PPI / self.ppi(width, height)).min(1.0);
        let target = (((cw * shrink).round() as u32).max(1), ((ch * shrink).round() as u32).max(1));
        if shrink < 1.0 { resized(&cropped, target) } else { cropped }
    }

    /// The picture to fill a rectangle in points, in shades of grey. The lights keep a tone, so that its edges show on white paper
    /// (rule 4 of the print rules).
    pub fn grey(&self, width: f32, height: f32) -> Picture {
        let mut grey = on_white(Cow::Owned(self.cropped(width, height))).to_luma8();
        grey.pixels_mut().for_each(|p| p.0[0] = (f32::from(p.0[0]) * (1.0 - TONE_IN_LIGHTS)).round() as u8);
        let (width, height) = grey.dimensions();
        let mut bytes = Vec::new();
        let (w, h) = (width.min(65_535) as u16, height.min(65_535) as u16);
        let encoder = jpeg_encoder::Encoder::new(&mut bytes, QUALITY);
        if encoder.encode(&grey, w, h, jpeg_encoder::ColorType::Luma).is_err() {
            let rgb = grey.pixels().flat_map(|p| [p.0[0]; 3]).collect();
            return Picture { width, height, data: Pixels::Raw { rgb, alpha: None } };
        }
        Picture { width, height, data: Pixels::Jpeg { bytes, grey: true } }
    }

    /// The pixels as they are to be seen.
    fn upright(&self) -> Cow<'_, DynamicImage> {
        if self.orientation == Orientation::NoTransforms {
            return Cow::Borrowed(&self.decoded);
        }
        let mut image = self.decoded.clone();
        image.apply_orientation(self.orientation);
        Cow::Owned(image)
    }
}

/// A JPEG file has no opacity: what is transparent shows white paper.
fn on_white(image: Cow<'_, DynamicImage>) -> Cow<'_, DynamicImage> {
    if !image.color().has_alpha() {
        return image;
    }
    let mut rgba = image.to_rgba8();
    for p in rgba.pixels_mut() {
        let a = u32::from(p.0[3]);
        for v in &mut p.0[..3] {
            *v = ((u32::from(*v) * a + 255 * (255 - a) + 127) / 255) as u8;
        }
        p.0[3] = 255;
    }
    Cow::Owned(DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(rgba).to_rgb8()))
}

fn reader(bytes: &[u8], format: ImageFormat) -> ImageReader<Cursor<&[u8]>> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(30_000);
    limits.max_image_height = Some(30_000);
    limits.max_alloc = Some(1 << 30);
    reader.limits(limits);
    reader
}

/// Large reductions go through a box filter first; a sharp one alone would be slow and no better.
fn resized(image: &DynamicImage, (w, h): (u32, u32)) -> DynamicImage {
    let rough = if image.width() > 4 * w { image.thumbnail_exact(2 * w, 2 * h) } else { image.clone() };
    rough.resize_exact(w, h, FilterType::CatmullRom)
}

/// Quality of JPEG files that are written: between 1 and 100.
const QUALITY: u8 = 86;

fn encode(image: &DynamicImage, format: ImageFormat) -> Picture {
    let (width, height) = (image.width(), image.height());
    let alpha = image.color().has_alpha() && image.to_rgba8().pixels().any(|p| p.0[3] < 255);
    // drawings and cut-outs stay as they are; photos become JPEG
    let few_colours = format == ImageFormat::Png && (alpha || width * height < 64 * 64);
    if few_colours {
        let rgba = image.to_rgba8();
        let rgb = rgba.pixels().flat_map(|p| [p.0[0], p.0[1], p.0[2]]).collect();
        let opacity = alpha.then(|| rgba.pixels().map(|p| p.0[3]).collect());
        return Picture { width, height, data: Pixels::Raw { rgb, alpha: opacity } };
    }
    let rgb = image.to_rgb8();
    let mut bytes = Vec::new();
    let encoder = encoder(&mut bytes, QUALITY);
    let (w, h) = (width.min(65_535) as u16, height.min(65_535) as u16);
    if encoder.encode(&rgb, w, h, jpeg_encoder::ColorType::Rgb).is_err() {
        return Picture { width, height, data: Pixels::Raw { rgb: rgb.into_raw(), alpha: None } };
    }
    Picture { width, height, data: Pixels::Jpeg { bytes, grey: false } }
}

/// Makes JPEG files with colour at half the resolution, averaged: at four times its size an edge of type looks the same, and the file is
/// up to a third smaller.
pub(crate) fn encoder(bytes: &mut Vec<u8>, quality: u8) -> jpeg_encoder::Encoder<&mut Vec<u8>> {
    let mut encoder = jpeg_encoder::Encoder::new(bytes, quality);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_2_2);
    encoder.set_chroma_subsampling_method(jpeg_encoder::ChromaSubsamplingMethod::Average);
    encoder
}

/// The number of colour components in a JPEG's frame header, when it is one that PDF readers take (8 bits, Huffman coded).
fn jpeg_components(bytes: &[u8]) -> Option<u8> {
    let mut i = 2;
    while i + 9 < bytes.len() {
        if bytes[i] != 0xff {
            return None;
        }
        let marker = bytes[i + 1];
        if matches!(marker, 0xff) {
            i += 1;
            continue;
        }
        let length = usize::from(u16::from_be_bytes([bytes[i + 2], bytes[i + 3]]));
        match marker {
            0xc0..=0xc2 => return (bytes[i + 4] == 8).then_some(bytes[i + 9]),
            0xc3..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => return None,
            // an Adobe marker says how colours are coded; readers heed it
            _ => i += 2 + length,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(w: u32, h: u32) -> Vec<u8> {
        let image = DynamicImage::ImageRgba8(image::RgbaImage::from_fn(w, h, |x, y| {
            image::Rgba([x as u8, y as u8, 90, if x < w / 2 { 128 } else { 255 }])
        }));
        let mut out = Cursor::new(Vec::new());
        image.write_to(&mut out, ImageFormat::Png).unwrap();
        out.into_inner()
    }

    fn jpeg(w: u16, h: u16) -> Vec<u8> {
        let pixels: Vec<u8> = (0..usize::from(w) * usize::from(h)).flat_map(|i| [i as u8, (i / 3) as u8, 70]).collect();
        let mut out = Vec::new();
        jpeg_encoder::Encoder::new(&mut out, 80).encode(&pixels, w, h, jpeg_encoder::ColorType::Rgb).unwrap();
        out
    }

    #[test]
    fn a_small_jpeg_goes_through_untouched_and_a_large_one_is_resampled() {
        let bytes = jpeg(300, 200);
        let photo = Photo::read(bytes.clone()).unwrap();
        let small = photo.picture(72.0, 48.0);
        assert!(matches!(&small.data, Pixels::Jpeg { bytes: b, .. } if *b == bytes));
        let large = photo.picture(36.0, 24.0);
        assert_eq!((large.width, large.height), (150, 100));
    }

    #[test]
    fn opacity_is_kept_and_one_pixel_is_enough() {
        let photo = Photo::read(png(40, 30)).unwrap();
        assert!(matches!(photo.picture(100.0, 75.0).data, Pixels::Raw { alpha: Some(_), .. }));
        let one = Photo::read(png(1, 1)).unwrap();
        assert_eq!(one.picture(100.0, 50.0).width, 1);
    }

    #[test]
    fn books_get_transparent_pictures_on_white() {
        let clear = DynamicImage::ImageRgba8(image::RgbaImage::from_pixel(80, 80, image::Rgba([0, 0, 0, 0])));
        let mut out = Cursor::new(Vec::new());
        clear.write_to(&mut out, ImageFormat::Png).unwrap();
        let bytes = Photo::read(out.into_inner()).unwrap().within(40, usize::MAX, false);
        let shown = image::load_from_memory(&bytes).unwrap().to_rgb8();
        assert_eq!((shown.width(), shown.get_pixel(20, 20).0[0] > 250), (40, true));
    }

    #[test]
    fn broken_files_are_told_from_other_files() {
        let mut bytes = jpeg(60, 60);
        bytes.truncate(40);
        assert!(Photo::read(bytes).unwrap_err().to_string().contains("damaged"));
        assert!(Photo::read(b"hello".to_vec()).unwrap_err().to_string().contains("neither"));
        assert!(Photo::read(Vec::new()).unwrap_err().to_string().contains("empty"));
    }
}
