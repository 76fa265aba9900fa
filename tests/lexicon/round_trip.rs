//! Import after export gives the same lexicon, and export after import the same bytes.

use std::fs;

use hegao::lexicon::{
    EntryKind, Lexicon, LexiconSources,
    export::{self, ExportFormat, own_entries},
    import::{ImportFormat, ImportOptions, import},
    write::{Elsewhere, EntryFields, Incoming, MergePlan, Naming, Target, toml_text},
};
use proptest::prelude::*;

use crate::generate::lexicon;

fn by_id(mut entries: Vec<EntryFields>) -> Vec<EntryFields> {
    entries.sort_by(|a, b| a.id().cmp(b.id()));
    entries
}

/// Loads a lexicon of one file.
fn loaded(name: &str, text: &str) -> Vec<EntryFields> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    let lexicon = Lexicon::load(&LexiconSources { packs: Vec::new(), paths: vec![path] });
    assert_eq!(lexicon.problems(), &[], "{text}");
    by_id(own_entries(&lexicon))
}

fn imported(format: ImportFormat, text: &str) -> Vec<EntryFields> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export");
    fs::write(&path, text).unwrap();
    let imported = import(format, &path, &ImportOptions::default()).unwrap();
    assert_eq!(imported.faults, &[], "{text}");
    imported.entries.into_iter().map(|incoming| incoming.entry).collect()
}

/// Export, import, export: the same lexicon (unless the format is said to lose something) and the same bytes.
fn check(entries: &[EntryFields], out: ExportFormat, back: ImportFormat, is_lossless: bool) {
    let first = export::export(entries, out, None);
    if first.entries == 0 {
        assert_eq!(
            entries.len(),
            first.losses.iter().filter(|loss| loss.key.is_none()).map(|loss| loss.count).sum::<usize>()
        );
        return;
    }
    let again = imported(back, &first.text);
    if is_lossless {
        assert_eq!(first.losses, &[], "{}", first.text);
        assert_eq!(by_id(again.clone()), by_id(entries.to_vec()), "{}", first.text);
    }
    let carried = export::export(&again, out, None);
    assert_eq!(carried.text, first.text);
    assert_eq!(carried.losses, &[]);
}

const PEOPLE: &[EntryKind] = &[EntryKind::Person, EntryKind::Organization];
const WORDS: &[EntryKind] = &[EntryKind::Term, EntryKind::Slogan];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn toml_says_what_the_entries_say(entries in lexicon(&EntryKind::ALL)) {
        let text = toml_text(&entries);
        prop_assert_eq!(loaded("all.toml", &text), by_id(entries));
    }

    #[test]
    fn csv_carries_every_kind_and_is_read_as_a_lexicon_file(entries in lexicon(&EntryKind::ALL)) {
        prop_assume!(!entries.is_empty());
        check(&entries, ExportFormat::Csv, ImportFormat::Csv, true);
        prop_assert_eq!(loaded("all.csv", &export::export(&entries, ExportFormat::Csv, None).text), by_id(entries));
    }

    #[test]
    fn popolo_carries_people_and_organizations(entries in lexicon(PEOPLE)) {
        check(&entries, ExportFormat::Popolo, ImportFormat::Popolo, true);
    }

    #[test]
    fn skos_carries_terms_and_slogans(entries in lexicon(WORDS)) {
        check(&entries, ExportFormat::Skos, ImportFormat::Skos, true);
    }

    #[test]
    fn tbx_carries_forms_notes_and_sources(entries in lexicon(WORDS)) {
        check(&entries, ExportFormat::Tbx, ImportFormat::Tbx, false);
        for loss in export::export(&entries, ExportFormat::Tbx, None).losses {
            let key = loss.key.unwrap_or_default();
            let known = ["except", "components", "ordered", "expands", "quoted", "attribution", "start", "end", "superseded_by", "reviewed"];
            prop_assert!(known.contains(&key.as_str()), "{} loses {key}", loss.kind.name());
        }
    }

    #[test]
    fn other_kinds_are_said_to_be_left_out(entries in lexicon(&EntryKind::ALL)) {
        for (format, kinds) in [(ExportFormat::Popolo, PEOPLE), (ExportFormat::Skos, WORDS), (ExportFormat::Tbx, WORDS)] {
            let exported = export::export(&entries, format, None);
            let left_out: usize = exported.losses.iter().filter(|loss| loss.key.is_none()).map(|loss| loss.count).sum();
            prop_assert_eq!(left_out, entries.iter().filter(|entry| !kinds.contains(&entry.kind)).count());
        }
    }

    #[test]
    fn merging_into_a_file_gives_what_was_planned_and_merging_again_changes_nothing(
        existing in lexicon(&EntryKind::ALL),
        incoming in lexicon(&EntryKind::ALL),
        extension in prop::sample::select(vec!["toml", "csv"]),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lexicon").with_extension(extension);
        if extension == "toml" {
            fs::write(&path, toml_text(&existing)).unwrap();
        } else if !existing.is_empty() {
            fs::write(&path, export::export(&existing, ExportFormat::Csv, None).text).unwrap();
        }
        let given = |entry: &EntryFields| Incoming { entry: entry.clone(), naming: Naming::Given };
        let incoming: Vec<Incoming> = incoming.iter().map(given).collect();
        let target = Target::open(&path).unwrap();
        let plan = MergePlan::new(target.entries(), incoming.clone(), &Elsewhere::default());
        let written = target.merged(&plan).unwrap();
        fs::write(&path, &written.new).unwrap();
        let target = Target::open(&path).unwrap();
        let again = MergePlan::new(target.entries(), incoming, &Elsewhere::default());
        prop_assert!(again.is_empty(), "{:?}\n{}", again, written.new);
        prop_assert_eq!(target.merged(&again).unwrap().new, written.new);
    }
}
