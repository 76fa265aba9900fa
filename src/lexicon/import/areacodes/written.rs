//! Writes places as hegao's CSV lexicon.

use std::fmt::Display;

use super::ImportError;
use super::places::Place;

const HEADER: [&str; 11] =
    ["id", "name", "short", "level", "parent", "code", "start", "end", "document", "end_document", "successors"];

/// The lexicon file, one line a version.
///
/// # Errors
///
/// [`ImportError`] if it cannot be put into memory as text.
pub(super) fn csv(places: &[Place]) -> Result<String, ImportError> {
    let unwritten = |fault: String| ImportError::File { file: "places.csv", fault, expected: "a table" };
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER).map_err(|error| unwritten(error.to_string()))?;
    for place in places {
        for (number, version) in place.versions.iter().enumerate() {
            let last = number + 1 == place.versions.len();
            let fields = [
                place.id.clone(),
                version.name.clone(),
                version.short.join("|"),
                version.level.to_owned(),
                version.parent.clone(),
                version.code.map(|code| format!("{code:06}")).unwrap_or_default(),
                shown(version.start.as_ref()),
                shown(version.end.as_ref()),
                shown(version.document.as_ref()),
                shown(version.end_document.as_ref()),
                if last { place.successors.join("|") } else { String::new() },
            ];
            writer.write_record(&fields).map_err(|error| unwritten(error.to_string()))?;
        }
    }
    let bytes = writer.into_inner().map_err(|error| unwritten(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| unwritten(error.to_string()))
}

fn shown(value: Option<&impl Display>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}
