//! Bytes to text.

use crate::message::Message;

/// Why bytes are no text of a plan.
pub(super) struct Refused {
    /// The first bad byte, from 0.
    pub(super) byte: usize,
    /// How long what stands for it is in the text that is shown.
    pub(super) length: usize,
    nul: bool,
}

impl Refused {
    pub(super) fn message(&self) -> Message {
        if self.nul { Message::NulByte { byte: self.byte } } else { Message::NotUtf8 { byte: self.byte } }
    }
}

/// The text, without a byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, Refused> {
    let text = std::str::from_utf8(bytes).map_err(|error| Refused {
        byte: error.valid_up_to(),
        length: char::REPLACEMENT_CHARACTER.len_utf8(),
        nul: false,
    })?;
    if let Some(byte) = text.find('\0') {
        return Err(Refused { byte, length: 1, nul: true });
    }
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}
