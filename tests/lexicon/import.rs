//! What each format's importer makes of its fixture: columns, notes, faults and the entries as TOML.

use std::{fmt::Write, fs, path::PathBuf, sync::LazyLock};

use expect_test::expect_file;
use hegao::lexicon::{
    EntryKind, Lexicon, LexiconSources,
    import::{At, ImportError, ImportFormat, ImportOptions, Imported, Remark, import},
    packs,
    write::{EntryFields, toml_text},
};
use proptest::prelude::*;

static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::load(&LexiconSources { packs: packs::PACKS.iter().collect(), paths: Vec::new() }));

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/lexicon/fixtures").join(name)
}

fn place(at: &At) -> String {
    match at {
        At::File => String::new(),
        At::Line(line) => format!("line {line}: "),
        At::Row(row) => format!("row {row}: "),
        At::Record(record) => format!("{record}: "),
    }
}

fn report(result: Result<Imported, ImportError>) -> String {
    let imported = match result {
        Ok(imported) => imported,
        Err(ImportError::Malformed { at, message, .. }) => {
            return format!("refused: {}{}\n{}\n", place(&at), message.zh, message.en);
        }
        Err(error) => panic!("{error}"),
    };
    let mut text = String::new();
    for column in &imported.columns {
        writeln!(text, "# column {} -> {} ({:?})", column.heading, column.keys.join(" "), column.source).unwrap();
    }
    let mut remarks = |title: &str, remarks: &[Remark]| {
        for remark in remarks {
            let en = remark.message.en.replace('\n', "\n#     ");
            writeln!(text, "# {title} {}{}\n#     {en}", place(&remark.at), remark.message.zh).unwrap();
        }
    };
    remarks("note", &imported.notes);
    remarks("fault", &imported.faults);
    for incoming in &imported.entries {
        writeln!(text, "# id of {}: {:?}", incoming.entry.id(), incoming.naming).unwrap();
    }
    let entries: Vec<EntryFields> = imported.entries.into_iter().map(|incoming| incoming.entry).collect();
    text.push_str(&toml_text(&entries));
    text
}

fn check(format: ImportFormat, name: &str) {
    check_with(format, name, name, ImportOptions { lexicon: Some(&LEXICON), ..ImportOptions::default() });
}

fn check_with(format: ImportFormat, name: &str, expected: &str, options: ImportOptions<'_>) {
    let report = report(import(format, &fixture(name), &options));
    expect_file![fixture(&format!("{expected}.expected"))].assert_eq(&report);
}

#[test]
fn spreadsheets_are_read_by_their_headings() {
    check(ImportFormat::Csv, "roster.csv");
    check(ImportFormat::Csv, "keys.csv");
    check(ImportFormat::Csv, "formulations.csv");
    check(ImportFormat::Csv, "terms.csv");
    check(ImportFormat::Csv, "foreign-ids.csv");
    check(ImportFormat::Xlsx, "leaders.xlsx");
}

#[test]
fn a_table_without_known_headings_is_refused_unless_they_are_told() {
    check(ImportFormat::Csv, "unclear.csv");
    let columns = vec![("甲".to_owned(), "preferred".to_owned()), ("2".to_owned(), "deprecated".to_owned())];
    check_with(
        ImportFormat::Csv,
        "unclear.csv",
        "unclear-told.csv",
        ImportOptions { columns, ..ImportOptions::default() },
    );
    let columns = vec![("丙".to_owned(), "preferred".to_owned())];
    check_with(
        ImportFormat::Csv,
        "unclear.csv",
        "unclear-column.csv",
        ImportOptions { columns, ..ImportOptions::default() },
    );
    let columns = vec![("甲".to_owned(), "prefered".to_owned())];
    check_with(
        ImportFormat::Csv,
        "unclear.csv",
        "unclear-key.csv",
        ImportOptions { columns, ..ImportOptions::default() },
    );
}

#[test]
fn a_missing_sheet_is_refused_with_those_there_are() {
    let sheet = Some("没有".to_owned());
    check_with(
        ImportFormat::Xlsx,
        "leaders.xlsx",
        "leaders-sheet.xlsx",
        ImportOptions { sheet, ..ImportOptions::default() },
    );
    check_with(ImportFormat::Xlsx, "roster.csv", "roster-as-workbook.csv", ImportOptions::default());
}

#[test]
fn the_result_of_a_query_to_wikidata_is_read() {
    check(ImportFormat::Wikidata, "wikidata.csv");
    check_with(ImportFormat::Wikidata, "unclear.csv", "unclear-wikidata.csv", ImportOptions::default());
}

#[test]
fn follow_the_money_entities_are_read() {
    check(ImportFormat::Ftm, "people.ftm.jsonl");
}

#[test]
fn popolo_of_another_making_is_read() {
    check(ImportFormat::Popolo, "foreign.popolo.json");
    check_with(ImportFormat::Popolo, "terms.csv", "terms-as-popolo.csv", ImportOptions::default());
}

#[test]
fn termbases_of_each_version_are_read() {
    check(ImportFormat::Tbx, "basic-2019.tbx");
    check(ImportFormat::Tbx, "elements-2019.tbx");
    check(ImportFormat::Tbx, "martif-2008.tbx");
    let kind = Some(EntryKind::Slogan);
    check_with(
        ImportFormat::Tbx,
        "basic-2019.tbx",
        "basic-2019-slogans.tbx",
        ImportOptions { kind, ..ImportOptions::default() },
    );
}

#[test]
fn a_termbase_with_a_document_type_or_an_entity_of_its_own_is_refused() {
    check(ImportFormat::Tbx, "doctype.tbx");
    check(ImportFormat::Tbx, "entity.tbx");
    check(ImportFormat::Tbx, "cut-off.tbx");
}

#[test]
fn vocabularies_of_another_making_are_read() {
    check(ImportFormat::Skos, "foreign.ttl");
    check(ImportFormat::Skos, "broken.ttl");
}

const FIXTURES: [(ImportFormat, &str); 8] = [
    (ImportFormat::Csv, "roster.csv"),
    (ImportFormat::Csv, "formulations.csv"),
    (ImportFormat::Xlsx, "leaders.xlsx"),
    (ImportFormat::Wikidata, "wikidata.csv"),
    (ImportFormat::Ftm, "people.ftm.jsonl"),
    (ImportFormat::Popolo, "foreign.popolo.json"),
    (ImportFormat::Tbx, "basic-2019.tbx"),
    (ImportFormat::Skos, "foreign.ttl"),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_give_entries_or_an_error(
        (format, name) in prop::sample::select(FIXTURES.to_vec()),
        other in prop::sample::select(FIXTURES.to_vec()),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        end in any::<prop::sample::Index>(),
    ) {
        // The fixture of another format, too: people name the wrong one.
        let name = if changes.is_empty() { other.1 } else { name };
        let mut bytes = fs::read(fixture(name)).unwrap();
        for (at, byte) in &changes {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        if changes.len() % 2 == 1 {
            bytes.truncate(end.index(bytes.len()));
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("source");
        fs::write(&path, bytes).unwrap();
        if let Ok(imported) = import(format, &path, &ImportOptions::default()) {
            let entries: Vec<EntryFields> = imported.entries.into_iter().map(|incoming| incoming.entry).collect();
            toml_text(&entries);
        }
    }
}
