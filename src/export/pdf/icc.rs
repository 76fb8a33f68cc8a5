//! The colour profile that says what our red, green and blue mean: sRGB, as an ICC profile of version 2.1.

/// Primaries of sRGB, adapted to the profile's white point D50 (IEC 61966-2-1, Bradford adaptation), as s15Fixed16 numbers.
const RED: [u32; 3] = [0x6FA2, 0x38F5, 0x0390];
const GREEN: [u32; 3] = [0x6299, 0xB785, 0x18DA];
const BLUE: [u32; 3] = [0x24A0, 0x0F84, 0xB6CF];
/// The white point of sRGB (D65) and that of the profile (D50).
const D65: [u32; 3] = [0xF351, 0x1_0000, 0x1_16CC];
const D50: [u32; 3] = [0xF6D6, 0x1_0000, 0xD32D];

/// The profile's bytes.
pub(super) fn srgb() -> Vec<u8> {
    let curve = curve();
    let tags: [(&[u8; 4], Vec<u8>); 9] = [
        (b"desc", description("sRGB IEC61966-2.1")),
        (b"cprt", text("No copyright, use freely")),
        (b"wtpt", xyz(D65)),
        (b"rXYZ", xyz(RED)),
        (b"gXYZ", xyz(GREEN)),
        (b"bXYZ", xyz(BLUE)),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    let mut table = (tags.len() as u32).to_be_bytes().to_vec();
    let mut data: Vec<u8> = Vec::new();
    let start = 128 + 4 + 12 * tags.len();
    let mut curve_at = None;
    for (name, bytes) in &tags {
        let is_curve = name.ends_with(b"TRC");
        let at = match curve_at.filter(|_| is_curve) {
            // the three curves are one
            Some(at) => at,
            None => {
                let at = start + data.len();
                data.extend(bytes);
                data.resize(data.len().next_multiple_of(4), 0);
                if is_curve {
                    curve_at = Some(at);
                }
                at
            }
        };
        table.extend(*name);
        table.extend((at as u32).to_be_bytes());
        table.extend((bytes.len() as u32).to_be_bytes());
    }
    let mut out = header(start + data.len());
    out.extend(table);
    out.extend(data);
    out
}

fn header(size: usize) -> Vec<u8> {
    let mut h = Vec::with_capacity(128);
    h.extend((size as u32).to_be_bytes());
    h.extend([0; 4]);
    h.extend(0x0210_0000_u32.to_be_bytes());
    h.extend(b"mntrRGB XYZ ");
    // a fixed day, for the profile never changes
    for part in [1998_u16, 2, 9, 0, 0, 0] {
        h.extend(part.to_be_bytes());
    }
    h.extend(b"acsp");
    h.extend([0; 4]);
    h.extend([0; 4]);
    h.extend([0; 8]);
    h.extend([0; 8]);
    h.extend(0_u32.to_be_bytes());
    for v in D50 {
        h.extend(v.to_be_bytes());
    }
    h.resize(128, 0);
    h
}

fn xyz(values: [u32; 3]) -> Vec<u8> {
    let mut out = b"XYZ \0\0\0\0".to_vec();
    for v in values {
        out.extend(v.to_be_bytes());
    }
    out
}

fn text(words: &str) -> Vec<u8> {
    let mut out = b"text\0\0\0\0".to_vec();
    out.extend(words.bytes());
    out.push(0);
    out
}

fn description(words: &str) -> Vec<u8> {
    let mut out = b"desc\0\0\0\0".to_vec();
    out.extend((words.len() as u32 + 1).to_be_bytes());
    out.extend(words.bytes());
    out.push(0);
    // no Unicode and no Macintosh description
    out.extend([0; 4 + 4 + 2 + 1 + 67]);
    out
}

/// The transfer curve in 256 steps.
fn curve() -> Vec<u8> {
    let mut out = b"curv\0\0\0\0".to_vec();
    out.extend(256_u32.to_be_bytes());
    for i in 0..256 {
        let v = f64::from(i) / 255.0;
        let linear = if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) };
        out.extend(((linear * 65_535.0).round() as u16).to_be_bytes());
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn white_is_white() {
        for i in 0..3 {
            let sum = super::RED[i] + super::GREEN[i] + super::BLUE[i];
            assert!(sum.abs_diff(super::D50[i]) <= 16, "{sum:x} {:x}", super::D50[i]);
        }
        let p = super::srgb();
        assert_eq!(u32::from_be_bytes([p[0], p[1], p[2], p[3]]) as usize, p.len());
    }
}
