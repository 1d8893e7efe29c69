//! Bytes of any encoding to text, a piece at a time.

use std::io::{ErrorKind, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding};

use super::rows::Stop;

/// Bytes that are read at once.
const PIECE: usize = 64 * 1024;

/// Encodings that people name, for suggestions; others of the WHATWG's standard are known all the same.
pub const LABELS: &[&str] = &[
    "utf-8",
    "gb18030",
    "gbk",
    "gb2312",
    "big5",
    "shift_jis",
    "euc-jp",
    "euc-kr",
    "utf-16le",
    "utf-16be",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "windows-1254",
    "iso-8859-1",
    "iso-8859-2",
    "iso-8859-15",
    "koi8-r",
    "macintosh",
];

/// The encoding with that label, as the WHATWG's Encoding Standard has them.
#[must_use]
pub fn encoding(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label_no_replacement(label.as_bytes())
}

/// The text of a file. A byte order mark is taken off, and says what the encoding is.
pub struct Decoded<'w> {
    source: Box<dyn Read + 'w>,
    decoder: Decoder,
    input: Vec<u8>,
    /// What is left of the input.
    left: std::ops::Range<usize>,
    /// The source has no more.
    read_all: bool,
    /// The decoder has no more.
    finished: bool,
    /// What follows the piece is no text.
    malformed: bool,
    piece: String,
}

impl<'w> Decoded<'w> {
    /// The text of `source`.
    #[must_use]
    pub fn new(source: Box<dyn Read + 'w>, encoding: &'static Encoding) -> Self {
        Self {
            source,
            decoder: encoding.new_decoder(),
            input: vec![0; PIECE],
            left: 0..0,
            read_all: false,
            finished: false,
            malformed: false,
            piece: String::with_capacity(PIECE),
        }
    }

    /// The piece of text that was read last.
    #[must_use]
    pub fn piece(&self) -> &str {
        &self.piece
    }

    /// What the text is decoded from; a byte order mark may have changed it.
    #[must_use]
    pub fn encoding(&self) -> &'static Encoding {
        self.decoder.encoding()
    }

    /// Goes on to the next piece; false at the end.
    ///
    /// # Errors
    /// If the source breaks off, or what follows is no text in this encoding.
    pub fn advance(&mut self) -> Result<bool, Stop> {
        self.piece.clear();
        while self.piece.is_empty() {
            if self.malformed {
                return Err(Stop::Undecodable { encoding: self.encoding().name() });
            }
            if self.finished {
                return Ok(false);
            }
            if self.left.is_empty() && !self.read_all {
                self.fill()?;
            }
            let source = self.input.get(self.left.clone()).unwrap_or_default();
            let (result, read) =
                self.decoder.decode_to_string_without_replacement(source, &mut self.piece, self.read_all);
            self.left.start += read;
            match result {
                DecoderResult::InputEmpty => self.finished = self.read_all,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => self.malformed = true,
            }
            // Text of two bytes a letter that is read as something else is full of NUL.
            if let Some(at) = self.piece.find('\0') {
                self.piece.truncate(at);
                self.malformed = true;
            }
        }
        Ok(true)
    }

    fn fill(&mut self) -> Result<(), Stop> {
        loop {
            match self.source.read(&mut self.input) {
                Ok(length) => {
                    self.left = 0..length;
                    self.read_all = length == 0;
                    return Ok(());
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(Stop::Unreadable { why: error.to_string() }),
            }
        }
    }
}
