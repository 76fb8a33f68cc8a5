//! What lies under the words on a cover with a photo: the photo, darkened until they read well.

use crate::frame::Rgb;
use crate::theme::Cover;

/// The words' colour, and that of the shade.
const INK: Rgb = Rgb([0xff, 0xfa, 0xf0]);
const SHADE: [f32; 3] = [20.0, 14.0, 11.0];
/// The shade from the top: opacities out of 255 at these heights in points (book specification, 8: 92 % to 0 over 300).
const FALL: [(f32, f32); 3] = [(0.0, 235.0), (150.0, 205.0), (300.0, 0.0)];
/// The band under the author: height in points, opacity.
const BAND: (f32, f32) = (58.0, 225.0);
/// Below the words the shade fades out over so many points, where it had to be made darker.
const FADE: f32 = 90.0;
/// The brightest that a pixel under the words may be. Its contrast to the ink is 7 : 1 (book specification, 8), in each channel.
const BRIGHTEST: f32 = 84.0;

/// A theme's cover, its words as they stand on a photo.
pub(super) fn cover(theme: &Cover) -> Cover {
    let mut cover = theme.clone();
    for (style, _) in [&mut cover.title, &mut cover.subtitle, &mut cover.author] {
        style.color = INK;
    }
    cover.top = 40.0;
    cover.foot = 23.0;
    cover.title.1 = cover.title.1.min(74.0);
    cover.title_height = 166.0;
    cover.subtitle.1 = cover.subtitle.1.min(17.5);
    cover.author.1 = cover.author.1.min(16.5);
    cover
}

/// Darkens pixels (red, green, blue; `width` a line, `scale` a point) at the top, where words stand down to `text_end` points, and under
/// the author.
pub fn darken(pixels: &mut [u8], width: usize, scale: f32, text_end: f32) {
    let height = pixels.len() / 3 / width.max(1);
    let bright = brightest(pixels, width, scale, text_end);
    // as much shade as the brightest part under the words needs, whatever the specification's fall gives there
    let needed = ((bright - BRIGHTEST) / (bright - SHADE[1]).max(1.0) * 255.0).clamp(0.0, 250.0);
    let end = text_end + 12.0;
    for (row, line) in pixels.chunks_exact_mut(width * 3).enumerate() {
        let y = (row as f32 + 0.5) / scale;
        let more = if y <= end { needed } else { needed * (1.0 - (y - end) / FADE).max(0.0) };
        let from_foot = (height - row) as f32 / scale;
        let opacity = fall(y).max(more).max(if from_foot <= BAND.0 { BAND.1 } else { 0.0 }) / 255.0;
        if opacity > 0.0 {
            for pixel in line.chunks_exact_mut(3) {
                for (value, shade) in pixel.iter_mut().zip(SHADE) {
                    *value = (f32::from(*value) * (1.0 - opacity) + shade * opacity).round() as u8;
                }
            }
        }
    }
}

/// The shade's opacity at a height, out of 255.
fn fall(y: f32) -> f32 {
    FALL.windows(2)
        .find(|w| y < w[1].0)
        .map_or(0.0, |w| w[0].1 + (w[1].1 - w[0].1) * ((y - w[0].0) / (w[1].0 - w[0].0)).clamp(0.0, 1.0))
}

/// How bright the brightest part under the words is: all but a fiftieth of the pixels there are darker.
fn brightest(pixels: &[u8], width: usize, scale: f32, text_end: f32) -> f32 {
    let rows = ((text_end * scale) as usize).min(pixels.len() / 3 / width.max(1));
    let mut counts = [0usize; 256];
    for pixel in pixels[..rows * width * 3].chunks_exact(3) {
        counts[usize::from(*pixel.iter().max().unwrap_or(&0))] += 1;
    }
    let mut left = rows * width / 50;
    for (value, count) in counts.iter().enumerate().rev() {
        if *count > left {
            return value as f32;
        }
        left -= count;
    }
    0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Contrast of the ink to a grey, as WCAG 2.2 defines it.
    fn contrast(pixel: &[u8]) -> f32 {
        let linear = |v: u8| {
            let v = f32::from(v) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        };
        let light = |p: &[u8]| 0.2126 * linear(p[0]) + 0.7152 * linear(p[1]) + 0.0722 * linear(p[2]);
        (light(&INK.0) + 0.05) / (light(pixel) + 0.05)
    }

    #[test]
    fn words_read_well_even_on_a_white_photo() {
        for value in [0u8, 90, 180, 255] {
            let mut pixels = vec![value; 40 * 64 * 3];
            darken(&mut pixels, 40, 0.1, 270.0);
            for row in (0..27).chain(59..64) {
                assert!(contrast(&pixels[row * 120..]) >= 7.0, "{value} row {row}: {:?}", &pixels[row * 120..][..3]);
            }
            // the dish itself stays as it is
            assert_eq!(pixels[50 * 120], value);
        }
    }

    #[test]
    fn a_dark_photo_is_shaded_as_the_specification_says() {
        assert_eq!(fall(0.0), 235.0);
        assert_eq!(fall(225.0), 102.5);
        assert_eq!(fall(300.0), 0.0);
    }
}
