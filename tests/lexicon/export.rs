//! What exports look like.

use std::{fs, path::PathBuf};

use expect_test::expect_file;
use hegao::lexicon::{
    Lexicon, LexiconSources,
    export::{ExportFormat, export, own_entries},
    packs,
};

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/lexicon/fixtures").join(name)
}

/// The lexicon of export.toml in a format, and what is said to be lost.
fn check(format: ExportFormat, expected: &str) {
    let sources = LexiconSources { packs: packs::PACKS.iter().collect(), paths: vec![path("export.toml")] };
    let lexicon = Lexicon::load(&sources);
    assert_eq!(lexicon.problems(), &[]);
    let exported = export(&own_entries(&lexicon), format, Some(&lexicon));
    expect_file![path(expected)].assert_eq(&exported.text);
    let losses = exported.losses.iter().map(|loss| format!("{}\n{}\n", loss.message().zh, loss.message().en));
    expect_file![path(&format!("{expected}.losses"))].assert_eq(&losses.collect::<String>());
}

#[test]
fn a_lexicon_is_exported_in_each_format() {
    check(ExportFormat::Csv, "export.csv");
    check(ExportFormat::Toml, "export-again.toml");
    check(ExportFormat::Popolo, "export.popolo.json");
    check(ExportFormat::Tbx, "export.tbx");
    check(ExportFormat::Skos, "export.ttl");
    check(ExportFormat::Prh, "export.prh.yml");
}

#[test]
fn the_pack_of_divisions_survives_a_round_trip_through_csv() {
    let pack = packs::find("divisions").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("places.csv");
    fs::write(&file, pack.files[0].text).unwrap();
    let entries = |file: PathBuf| own_entries(&Lexicon::load(&LexiconSources { packs: Vec::new(), paths: vec![file] }));
    let first = entries(file);
    let again = folder.path().join("again.csv");
    fs::write(&again, export(&first, ExportFormat::Csv, None).text).unwrap();
    assert_eq!(entries(again), first);
}
