//! The file itself: objects, compressed in parallel, in object streams, with a cross-reference stream.

use flate2::{Compress, Compression, FlushCompress};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, ObjectId};
use rayon::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Objects in one object stream.
const PER_STREAM: usize = 200;

/// Compressed bytes.
pub(super) struct Compressed(Vec<u8>);

impl Compressed {
    /// Compresses a single stream, such as a font.
    pub(super) fn new(bytes: &[u8]) -> Self {
        Compressor::of_level(4).compress(bytes)
    }
}

/// Compresses one stream after the other. Its tables are far larger than most streams, so they are made once.
pub(super) struct Compressor {
    deflate: Compress,
    out: Vec<u8>,
}

impl Compressor {
    /// For pages and objects, of which there may be thousands: a fifth quicker than what is best for fonts, and they grow by a
    /// fourteenth.
    pub(super) fn new() -> Self {
        Compressor::of_level(2)
    }

    fn of_level(level: u32) -> Self {
        Compressor { deflate: Compress::new(Compression::new(level), true), out: Vec::new() }
    }

    pub(super) fn compress(&mut self, bytes: &[u8]) -> Compressed {
        self.deflate.reset();
        self.out.clear();
        // more than what can't be made smaller may grow by
        self.out.reserve(bytes.len() + bytes.len() / 4 + 128);
        // with room for everything one call is enough, and it does not fail
        let _ = self.deflate.compress_vec(bytes, &mut self.out, FlushCompress::Finish);
        Compressed(self.out.clone())
    }
}

/// The objects of a file that is being made.
pub(super) struct File {
    /// What printpdf made, and what was added to it.
    pub(super) objects: BTreeMap<u32, Object>,
    /// Objects that are text already, by number.
    ready: Vec<(u32, Vec<u8>)>,
    /// Streams that are compressed already: their dictionary and bytes, by number.
    streams: BTreeMap<u32, (Dictionary, Vec<u8>)>,
    pub(super) pages: Vec<u32>,
    pub(super) catalog: u32,
    pub(super) info: u32,
    next: u32,
}

impl File {
    pub(super) fn new(document: lopdf::Document) -> File {
        let pages = document.get_pages().into_values().map(|(id, _)| id).collect();
        let reference = |key: &[u8]| document.trailer.get(key).and_then(Object::as_reference).map_or(0, |(id, _)| id);
        let (catalog, info) = (reference(b"Root"), reference(b"Info"));
        let next = document.max_id + 1;
        let objects = document.objects.into_iter().map(|((id, _), o)| (id, o)).collect();
        File { objects, ready: Vec::new(), streams: BTreeMap::new(), pages, catalog, info, next }
    }

    /// A number for an object.
    pub(super) fn number(&mut self) -> u32 {
        self.numbers(1)
    }

    /// The first of so many numbers.
    pub(super) fn numbers(&mut self, count: u32) -> u32 {
        self.next += count;
        self.next - count
    }

    pub(super) fn add(&mut self, object: impl Into<Object>) -> u32 {
        let id = self.number();
        self.objects.insert(id, object.into());
        id
    }

    /// Adds a stream that is to be compressed.
    pub(super) fn add_stream(&mut self, dictionary: Dictionary, bytes: &[u8]) -> u32 {
        let id = self.number();
        self.streams.insert(id, (dictionary, Compressed::new(bytes).0));
        id
    }

    /// Adds a stream that stays as it is.
    pub(super) fn add_plain_stream(&mut self, dictionary: Dictionary, bytes: Vec<u8>) -> u32 {
        self.add(lopdf::Stream::new(dictionary, bytes).with_compression(false))
    }

    /// Adds objects that are text already.
    pub(super) fn add_ready(&mut self, objects: Vec<(u32, Vec<u8>)>) {
        self.ready.extend(objects);
    }

    pub(super) fn dictionary(&mut self, id: u32) -> Option<&mut Dictionary> {
        self.objects.get_mut(&id).and_then(|o| o.as_dict_mut().ok())
    }

    /// Gives every page its content.
    pub(super) fn set_contents(&mut self, contents: Vec<Compressed>) {
        for (page, content) in self.pages.clone().into_iter().zip(contents) {
            let id = self
                .dictionary(page)
                .and_then(|d| d.get(b"Contents").ok())
                .and_then(|o| o.as_reference().ok())
                .map(|(id, _)| id);
            if let Some(id) = id {
                self.objects.remove(&id);
                self.streams.insert(id, (Dictionary::new(), content.0));
            }
        }
    }

    /// The bytes of the whole.
    pub(super) fn write(mut self) -> Vec<u8> {
        let plain = self.plain_objects();
        let mut places = Places::default();
        // objects that are written already are given back on all cores too
        let objects = std::mem::take(&mut self.objects).into_par_iter();
        let finish = |(id, o)| if let Object::Stream(s) = o { Some((id, Stream::finish(s))) } else { None };
        let finished: Vec<(u32, Stream)> = objects.filter_map(finish).collect();
        let ready = std::mem::take(&mut self.streams).into_iter();
        let ready = ready.map(|(id, (dictionary, bytes))| (id, Stream { dictionary, deflated: true, bytes }));
        let mut streams: Vec<(u32, Stream)> = finished.into_iter().chain(ready).collect();
        streams.sort_by_key(|(id, _)| *id);
        let packed: Vec<(Vec<u32>, Vec<u8>, usize)> =
            plain.par_chunks(PER_STREAM).map_init(Compressor::new, pack).collect();
        let size = |bytes: &[u8]| bytes.len() + 128;
        let room: usize = streams.iter().map(|(_, s)| size(&s.bytes)).chain(packed.iter().map(|p| size(&p.1))).sum();
        // the cross-reference stream is small beside them
        let mut out = Vec::with_capacity(room + room / 32 + 4096);
        out.extend(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
        for (id, stream) in &mut streams {
            places.set(*id, Place::At(out.len()));
            stream.write(&mut out, *id);
        }
        for (ids, bytes, first) in packed {
            let container = self.number();
            places.set(container, Place::At(out.len()));
            for (index, id) in ids.iter().enumerate() {
                places.set(*id, Place::In(container, index as u16));
            }
            let mut dictionary = Dictionary::new();
            dictionary.set("Type", Object::Name(b"ObjStm".to_vec()));
            dictionary.set("N", ids.len() as i64);
            dictionary.set("First", first as i64);
            Stream { dictionary, deflated: true, bytes }.write(&mut out, container);
        }
        // thousands of small pieces: nobody needs to wait until they are given back
        rayon::spawn(move || drop((streams, plain)));
        self.end(out, places)
    }

    /// Everything that is no stream, as text, by number.
    fn plain_objects(&mut self) -> Vec<(u32, Vec<u8>)> {
        let objects: Vec<(u32, &Object)> =
            self.objects.iter().filter(|(_, o)| !matches!(o, Object::Stream(_))).map(|(id, o)| (*id, o)).collect();
        let mut plain: Vec<(u32, Vec<u8>)> = objects.into_par_iter().map(|(id, o)| (id, text(o))).collect();
        plain.append(&mut self.ready);
        plain.sort_by_key(|(id, _)| *id);
        plain
    }

    /// The cross-reference stream and the end.
    fn end(mut self, mut out: Vec<u8>, mut places: Places) -> Vec<u8> {
        let id = self.number();
        let start = out.len();
        places.set(id, Place::At(start));
        let mut table = vec![0, 0, 0, 0, 0, 0xff, 0xff];
        for number in 1..=id {
            match places.0.get(number as usize) {
                Some(Place::At(offset)) => {
                    table.push(1);
                    table.extend((*offset as u32).to_be_bytes());
                    table.extend([0, 0]);
                }
                Some(Place::In(container, index)) => {
                    table.push(2);
                    table.extend(container.to_be_bytes());
                    table.extend(index.to_be_bytes());
                }
                Some(Place::Free) | None => table.extend([0, 0, 0, 0, 0, 0xff, 0xff]),
            }
        }
        // the identifier is that of the content: the same content has the same one
        let hash = Uuid::new_v5(&Uuid::NAMESPACE_OID, &digest(&out));
        let identifier = || Object::String(hash.as_bytes().to_vec(), lopdf::StringFormat::Hexadecimal);
        let mut dictionary = Dictionary::new();
        dictionary.set("Type", Object::Name(b"XRef".to_vec()));
        dictionary.set("Size", i64::from(id) + 1);
        dictionary.set("W", vec![1.into(), 4.into(), 2.into()]);
        dictionary.set("Root", Object::Reference((self.catalog, 0)));
        dictionary.set("Info", Object::Reference((self.info, 0)));
        dictionary.set("ID", vec![identifier(), identifier()]);
        let mut predictor = Dictionary::new();
        predictor.set("Predictor", 12_i64);
        predictor.set("Columns", ROW as i64);
        dictionary.set("DecodeParms", predictor);
        Stream { dictionary, deflated: true, bytes: Compressed::new(&differences(&table, ROW)).0 }.write(&mut out, id);
        out.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
        out
    }
}

/// Bytes of an entry of the cross-reference stream: its kind, a place or a container, a number in it.
const ROW: usize = 1 + 4 + 2;

/// A table as differences of each row from the one above it, in the form of PNG's filter 2: entries that follow each other differ
/// by one, and pack to a tenth of what they would otherwise take.
fn differences(table: &[u8], row: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(table.len() + table.len() / row);
    let mut above: &[u8] = &vec![0; row];
    for entry in table.chunks(row) {
        out.push(2);
        out.extend(entry.iter().zip(above).map(|(here, above)| here.wrapping_sub(*above)));
        above = entry;
    }
    out
}

#[derive(Clone, Copy)]
enum Place {
    Free,
    At(usize),
    In(u32, u16),
}

/// Where each object is, by its number.
#[derive(Default)]
struct Places(Vec<Place>);

impl Places {
    fn set(&mut self, id: u32, place: Place) {
        let id = id as usize;
        if self.0.len() <= id {
            self.0.resize(id + 1, Place::Free);
        }
        self.0[id] = place;
    }
}

/// A digest of the whole file: of every stretch of it, in the manner of FNV-1a, eight bytes at a step.
fn digest(bytes: &[u8]) -> Vec<u8> {
    const STRETCH: usize = 1 << 18;
    let one = |part: &[u8]| {
        part.chunks(8).fold(0xcbf2_9ce4_8422_2325_u64, |h, b| {
            let mut word = [0; 8];
            word[..b.len()].copy_from_slice(b);
            (h.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    let all: Vec<u64> = bytes.par_chunks(STRETCH).map(one).collect();
    all.into_iter().flat_map(u64::to_be_bytes).collect()
}

/// An object as text. lopdf writes operands of operators the way it writes objects.
pub(super) fn text(object: &Object) -> Vec<u8> {
    let operation = Operation::new("", vec![object.clone()]);
    let mut bytes = Content { operations: vec![operation] }.encode().unwrap_or_default();
    while bytes.last().is_some_and(|b| b.is_ascii_whitespace()) {
        bytes.pop();
    }
    bytes
}

/// A stream as it goes into the file.
struct Stream {
    /// Without its length, and without a filter where it is compressed by us.
    dictionary: Dictionary,
    deflated: bool,
    bytes: Vec<u8>,
}

impl Stream {
    /// Compresses it, unless it is compressed already or may not be.
    fn finish(stream: lopdf::Stream) -> Stream {
        if stream.dict.has(b"Filter") || !stream.allows_compression {
            return Stream { dictionary: stream.dict, deflated: false, bytes: stream.content };
        }
        Stream { dictionary: stream.dict, deflated: true, bytes: Compressed::new(&stream.content).0 }
    }

    fn write(&mut self, out: &mut Vec<u8>, id: u32) {
        number(out, id);
        out.extend(b" 0 obj\n");
        if self.dictionary.is_empty() && self.deflated {
            // a page's content, of which there are thousands
            out.extend(b"<</Filter/FlateDecode/Length ");
            number(out, self.bytes.len());
            out.extend(b">>");
        } else {
            if self.deflated {
                self.dictionary.set("Filter", Object::Name(b"FlateDecode".to_vec()));
            }
            self.dictionary.set("Length", self.bytes.len() as i64);
            out.extend(text(&Object::Dictionary(std::mem::take(&mut self.dictionary))));
        }
        out.extend(b"\nstream\n");
        out.extend_from_slice(&self.bytes);
        // two characters, so that a stream whose last byte is CR or LF keeps it
        out.extend(b"\r\nendstream\nendobj\n");
    }
}

/// Some objects as an object stream: their numbers, the compressed bytes, where the first object begins.
fn pack(compressor: &mut Compressor, objects: &[(u32, Vec<u8>)]) -> (Vec<u32>, Vec<u8>, usize) {
    let size: usize = objects.iter().map(|(_, bytes)| bytes.len() + 1).sum();
    let mut all = Vec::with_capacity(size + 16 * objects.len());
    let mut at = 0;
    for (id, bytes) in objects {
        number(&mut all, *id);
        all.push(b' ');
        number(&mut all, at);
        all.push(b' ');
        at += bytes.len() + 1;
    }
    let first = all.len();
    for (_, bytes) in objects {
        all.extend_from_slice(bytes);
        all.push(b'\n');
    }
    (objects.iter().map(|(id, _)| *id).collect(), compressor.compress(&all).0, first)
}

/// Writes a whole number: a file has hundreds of thousands of them.
pub(super) fn number(out: &mut Vec<u8>, n: impl itoa::Integer) {
    out.extend_from_slice(itoa::Buffer::new().format(n).as_bytes());
}

/// Writes a reference to an object.
pub(super) fn write_reference(out: &mut Vec<u8>, id: u32) {
    number(out, id);
    out.extend_from_slice(b" 0 R");
}

/// A reference to an object.
pub(super) fn reference(id: u32) -> Object {
    let id: ObjectId = (id, 0);
    Object::Reference(id)
}
