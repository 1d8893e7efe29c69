//! Text from bytes.

use std::fmt;

/// The longest text that is read: positions are 32 bits wide.
const LIMIT: u64 = u32::MAX as u64;

/// A text that may be parsed: UTF-8 without NUL, less than 4 GiB.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Source {
    text: String,
}

impl Source {
    /// Takes the bytes of a file. A byte order mark stays part of the text and is read as white space.
    ///
    /// # Errors
    /// Where the bytes are not UTF-8, hold a NUL or are too many; the error says at which byte.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SourceError> {
        if bytes.len() as u64 > LIMIT {
            return Err(SourceError::TooLong { bytes: bytes.len() as u64 });
        }
        let text =
            std::str::from_utf8(bytes).map_err(|error| SourceError::NotUtf8 { at: error.valid_up_to() })?;
        if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
            return Err(SourceError::Nul { at });
        }
        Ok(Self { text: text.to_owned() })
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text, taken out.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }
}

/// Why bytes are no text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum SourceError {
    /// Not UTF-8.
    NotUtf8 {
        /// The first byte that is not.
        at: usize,
    },
    /// A NUL byte.
    Nul {
        /// Which.
        at: usize,
    },
    /// 4 GiB or more.
    TooLong {
        /// How long it is.
        bytes: u64,
    },
}

impl SourceError {
    /// The code, `area::name`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotUtf8 { .. } => "text::not-utf8",
            Self::Nul { .. } => "text::nul",
            Self::TooLong { .. } => "text::too-long",
        }
    }

    /// The byte at which the text goes wrong.
    #[must_use]
    pub const fn at(&self) -> usize {
        match self {
            Self::NotUtf8 { at } | Self::Nul { at } => *at,
            Self::TooLong { .. } => 0,
        }
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::english::source(self))
    }
}

impl std::error::Error for SourceError {}
