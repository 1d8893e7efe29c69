//! Numbers of JSON that are exact.

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// A number with exactly the digits given.
pub(crate) struct Number(pub(crate) String);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match RawValue::from_string(self.0.clone()) {
            Ok(raw) => raw.serialize(serializer),
            Err(error) => Err(serde::ser::Error::custom(error)),
        }
    }
}
