//! Slips in places.

use std::collections::BTreeSet;

use hegao::text::Span;

use super::seed::{Confusions, Seed, places, sentence, swaps, table};

/// A county: its name, the prefecture it lies in, its earlier names.
struct County {
    name: String,
    prefecture: String,
    earlier: Vec<String>,
}

fn counties() -> Vec<County> {
    let rows = table::<3>("division_names.tsv").into_iter();
    rows.map(|[name, prefecture, earlier]| County {
        name,
        prefecture,
        earlier: earlier.split('|').filter(|name| !name.is_empty()).map(str::to_owned).collect(),
    })
    .collect()
}

/// Slips in counties printed behind their prefecture, in sentences that tell of the present, and not as the
/// beginning of an institution's name: there the rules are silent on purpose, for a name in history was
/// right in its time and the address in a firm's name is its own affair.
pub fn places_behind_places(text: &str, confusions: &Confusions) -> Vec<Seed> {
    let counties = counties();
    let prefectures: BTreeSet<&str> = counties.iter().map(|county| county.prefecture.as_str()).collect();
    let mut seeds = Vec::new();
    for county in &counties {
        for at in places(text, &county.name) {
            let head = &text[..at.start];
            if !head.ends_with(county.prefecture.as_str()) || !tells_of_the_present(text, at) {
                continue;
            }
            let outer = Span::new(at.start - county.prefecture.len(), at.start);
            let wrong = prefectures.iter().filter(|other| **other != county.prefecture);
            seeds.extend(wrong.map(|wrong| Seed::new("wrong-parent", &["L101"], outer, *wrong)));
            seeds.extend(misspelt(county, at, confusions, &counties));
            let ends = ["县", "市", "区"].map(|end| format!("{}{end}", stem(&county.name)));
            let wrong = ends.into_iter().filter(|name| *name != county.name && !county.earlier.contains(name));
            seeds.extend(wrong.map(|wrong| Seed::new("wrong-division-type", &["L103", "L101", "L102"], at, wrong)));
            let earlier = county.earlier.iter();
            seeds.extend(earlier.map(|wrong| Seed::new("old-place-name", &["L102"], at, wrong)));
        }
    }
    seeds
}

fn misspelt(county: &County, at: Span, confusions: &Confusions, counties: &[County]) -> Vec<Seed> {
    let (stem, end) = (stem(&county.name), &county.name[stem(&county.name).len()..]);
    let [sound, shape] = confusions.of(stem);
    let wrong = sound.into_iter().chain(shape).chain(swaps(stem)).map(|stem| format!("{stem}{end}"));
    let wrong = wrong.filter(|wrong| counties.iter().all(|county| county.name != *wrong));
    wrong.map(|wrong| Seed::new("misspelt-place", &["L104"], at, wrong)).collect()
}

fn stem(name: &str) -> &str {
    name.trim_end_matches(['县', '市', '区'])
}

fn tells_of_the_present(text: &str, at: Span) -> bool {
    const INSTITUTIONS: [&str; 6] = ["学校", "公司", "医院", "银行", "支行", "协会"];
    let behind: String = text[at.end..].chars().take(8).take_while(|c| super::seed::is_han(*c)).collect();
    let sentence = sentence(text, at.start);
    !INSTITUTIONS.iter().any(|word| behind.contains(word)) && !sentence.contains("19") && !sentence.contains("原")
}
