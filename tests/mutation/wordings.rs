//! Slips in formulations, terms and titles.

use hegao::text::Span;

use super::seed::{Confusions, Seed, places, swaps, table};

/// A wrong character, two that changed places, components that did or are lost, a wrong number.
pub fn formulations(text: &str, confusions: &Confusions) -> Vec<Seed> {
    let mut seeds = Vec::new();
    for [kind, wording, components] in table::<3>("wordings.tsv") {
        let components: Vec<&str> = components.split('|').filter(|part| !part.is_empty()).collect();
        for at in places(text, &wording) {
            let [sound, shape] = confusions.of(&wording);
            let mut seed = |kind, codes, wrong: Vec<String>| {
                seeds.extend(wrong.into_iter().map(|wrong| Seed::new(kind, codes, at, wrong)));
            };
            // The name of a place tells one document from another, and that of 云川 is in no dictionary.
            if kind == "title" {
                let wrong = [sound, shape, swaps(&wording)].concat();
                seed("document-title", &["D101"], wrong);
                continue;
            }
            if kind == "slogan" {
                seed("slogan-homophone", &["S101"], sound);
                seed("slogan-look-alike", &["S101"], shape);
                seed("slogan-swapped", &["S101"], swaps(&wording));
            }
            seed("slogan-transposed", &["S102", "S101"], transposed(&components));
            // Shortened outside quotation marks, a formulation is right.
            let whole = text[..at.start].ends_with('“') && text[at.end..].starts_with('”');
            if components.len() > 2 && (whole || kind == "counted") {
                seed("slogan-dropped", &["S103", "S108"], shortened(&components));
            }
        }
    }
    seeds
}

fn transposed(components: &[&str]) -> Vec<String> {
    let swapped = (1..components.len()).map(|at| {
        let mut swapped = components.to_vec();
        swapped.swap(at - 1, at);
        swapped.join("、")
    });
    swapped.collect()
}

fn shortened(components: &[&str]) -> Vec<String> {
    let without = (0..components.len()).map(|left_out| {
        let kept = components.iter().enumerate().filter(|(at, _)| *at != left_out);
        kept.map(|(_, part)| *part).collect::<Vec<_>>().join("、")
    });
    without.collect()
}

/// Other numbers in “四个意识” before its list, and behind a list of quoted words.
pub fn counts(text: &str) -> Vec<Seed> {
    const NUMBERS: [&str; 5] = ["两", "三", "四", "五", "六"];
    let mut seeds = Vec::new();
    for number in NUMBERS {
        let before_lists = [format!("“{number}个意识”（"), format!("“{number}个自信”（")];
        let counted = before_lists.iter().flat_map(|words| places(text, words)).map(|at| at.start + '“'.len_utf8());
        let behind_lists = format!("”{number}项");
        let counted: Vec<usize> =
            counted.chain(places(text, &behind_lists).map(|at| at.start + '”'.len_utf8())).collect();
        for start in counted {
            let at = Span::new(start, start + number.len());
            let wrong = NUMBERS.iter().filter(|other| **other != number);
            seeds.extend(wrong.map(|wrong| Seed::new("slogan-count", &["S108", "S105"], at, *wrong)));
        }
    }
    seeds
}
