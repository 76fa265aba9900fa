//! `hegao annotate` in the formats of other tools, each read by a parser of its own.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::workspace::Workspace;

const LEXICON: &str = r#"
[[person]]
id = "lin-yiming"
name = "林一鸣"
[[person.post]]
title = "吉林省委统战部部长"
start = "2022-01-01"
sources = ["https://example.org/<1>&2"]

[[person]]
id = "1-zhao"
name = "赵小禾"

[[person]]
id = "zhao-2"
name = "赵小禾"

[[slogan]]
id = "three"
text = "<甲>与\"乙\"三个坚持"
"#;

const DRAFT: &str = "---\ndate: 2022-07-10\ntitle: 调研 <A&B>\n---\n# 林一鸣到通化市调研\n\n\
    𠮷林省委统战部部长林一鸣、赵小禾到通化市调研。**林一**鸣说，`林一鸣`和[林一鸣的话](a.md)：林一\n鸣。\n\n\
    - [林一鸣](@lin-yiming)出席\n\n> 通化市 <b>欢迎</b> <!-- 注 -->\u{1}\n\n\
    | 姓名 | 地方 |\n| --- | --- |\n| | 通化市 |\n\n## 二\n\n（记者 某某）\n";

fn workspace() -> Workspace {
    Workspace::new(&[
        ("hegao.toml", "home = \"220000\"\npacks = [\"divisions\"]\n"),
        ("lexicon/all.toml", LEXICON),
        ("a.md", DRAFT),
    ])
}

/// The characters `start..end` of a text.
fn characters(text: &str, start: usize, end: usize) -> String {
    text.chars().skip(start).take(end - start).collect()
}

/// The samples that come with hegao, as they stand there.
fn samples() -> Workspace {
    let mut files = Vec::new();
    for folder in ["drafts", "lexicon"] {
        for item in std::fs::read_dir(format!("examples/jilin/{folder}")).unwrap() {
            let path = item.unwrap().path();
            let name = format!("{folder}/{}", path.file_name().unwrap().to_str().unwrap());
            files.push((name, std::fs::read_to_string(path).unwrap()));
        }
    }
    files.push(("hegao.toml".to_owned(), std::fs::read_to_string("examples/jilin/hegao.toml").unwrap()));
    files.sort();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Workspace::new(&files)
}

const SAMPLES: [&str; 4] =
    ["2022-07-10-clean", "2022-07-11-posts", "2022-07-12-places-and-order", "2022-07-13-formulations"];

#[test]
fn brat_offsets_are_those_of_the_text() {
    let run = workspace().run(&["annotate", "a.md", "--format", "brat"]);
    let lines: Vec<&str> = run.exits(0).says_nothing().stdout.lines().collect();
    assert!(lines.len() >= 16, "{lines:?}");
    for pair in lines.chunks(2) {
        let [id, place, words] = pair[0].split('\t').collect::<Vec<_>>()[..] else { panic!("{pair:?}") };
        let (kind, offsets) = place.split_once(' ').unwrap();
        assert!(["Person", "Place"].contains(&kind), "{pair:?}");
        let fragments = offsets.split(';').map(|fragment| {
            let (start, end) = fragment.split_once(' ').unwrap();
            characters(DRAFT, start.parse().unwrap(), end.parse().unwrap())
        });
        assert_eq!(fragments.collect::<Vec<_>>().join(" "), words);
        assert!(pair[1].starts_with(&format!("#{}\tAnnotatorNotes {id}\t", &id[1..])), "{pair:?}");
    }
    run.prints("Person 43 46\t林一鸣\n").prints("AnnotatorNotes T4\t1-zhao | zhao-2\n");
    // Markup and a line break make fragments.
    run.prints("\t林一 鸣\n");
}

#[test]
fn brat_finds_the_text_and_its_types_beside_the_annotations() {
    let workspace = workspace();
    workspace.write("b/c.txt", "林一鸣\n");
    workspace.run(&["annotate", ".", "--format", "brat", "--output", "out"]).exits(0).says_nothing();
    assert_eq!(workspace.read("out/a.txt"), DRAFT);
    assert!(workspace.read("out/b/c.ann").starts_with("T1\tPerson 0 3\t林一鸣\n#1\tAnnotatorNotes T1\tlin-yiming\n"));
    assert!(workspace.read("out/b/annotation.conf").starts_with("[entities]\nPerson\n"));
    // What was written is no draft of the next run, and a draft annotated where it stands stays.
    workspace.run(&["annotate", ".", "--format", "brat", "--output", "out"]).exits(0).says_nothing();
    workspace.run(&["annotate", "b", "--format", "brat", "--output", "b"]).exits(0).says_nothing();
    assert_eq!(workspace.read("b/c.txt"), "林一鸣\n");
    assert!(workspace.read("b/c.ann").contains("lin-yiming"));
}

#[test]
fn formats_with_a_file_per_draft_take_a_folder() {
    let workspace = workspace();
    workspace.write("b/a.md", "林一鸣\n");
    workspace.write("b/a.txt", "林一鸣\n");
    let check = |arguments: &[&str], code: i32, said: &str| {
        let run = workspace.run(&[&["annotate"], arguments].concat());
        assert_eq!(run.exits(code).says(said).stdout, "", "{arguments:?}");
    };
    check(&["a.md", "b/a.md", "--format", "html"], 2, "2 篇；请用 --output 指定文件夹");
    check(&["b", "--format", "tei", "--output", "out"], 2, "会写入同一个文件 out/a.xml");
    check(&["a.md", "--format", "md", "--output", "."], 2, "会覆盖稿件");
    check(&["a.md", "--format", "md", "--output", "a.md"], 2, "会覆盖稿件");
    check(&["a.md", "--format", "html", "--output", "out/"], 0, "");
    check(&["a.md", "--format", "html", "--output", "page.html"], 0, "");
    assert_eq!(workspace.read("out/a.html"), workspace.read("page.html"));
    check(&["a.md", "b/a.md", "--format", "md", "--output", "new/folder"], 0, "");
    assert_eq!(workspace.read("new/folder/b/a.md"), "[林一鸣](@lin-yiming)\n");
    assert_eq!(workspace.read("b/a.md"), "林一鸣\n");
    check(&["a.md", "missing.md", "--format", "tei", "--output", "rest"], 2, "missing.md");
    assert!(workspace.read("rest/a.xml").contains("林一鸣"));
}

#[test]
fn web_annotations_select_what_they_quote() {
    let workspace = workspace();
    workspace.write("要闻 1.txt", "林一鸣\n");
    let page = workspace.run(&["annotate", ".", "--format", "webanno"]).exits(0).says_nothing().json();
    assert_eq!(
        (&page["@context"], &page["type"]),
        (&json!("http://www.w3.org/ns/anno.jsonld"), &json!("AnnotationPage"))
    );
    let items = page["items"].as_array().unwrap();
    let ids: BTreeSet<&str> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), items.len());
    for item in items {
        let [position, quote] = &item["target"]["selector"].as_array().unwrap()[..] else { panic!("{item}") };
        let text = if item["target"]["source"]["id"] == "a.md" { DRAFT } else { "林一鸣\n" };
        let [start, end] = ["start", "end"].map(|key| position[key].as_u64().unwrap() as usize);
        assert_eq!(quote["exact"], characters(text, start, end));
        let context = [&quote["prefix"], &quote["exact"], &quote["suffix"]].map(|part| part.as_str().unwrap());
        assert!(text.contains(&context.concat()), "{item}");
    }
    let last = items.last().unwrap();
    assert_eq!(last["target"]["source"], json!({ "id": "要闻%201.txt", "type": "Text", "format": "text/plain" }));
    let body = |value: &str| json!({ "type": "TextualBody", "purpose": "identifying", "value": value });
    assert_eq!(last["body"][0], body("lin-yiming"));
    let unsure: Vec<&Value> = items.iter().filter(|item| item["body"][0]["type"] == "Choice").collect();
    assert_eq!(unsure[0]["body"][0]["items"], json!([body("1-zhao"), body("zhao-2")]));
    let none = workspace.run(&["annotate", "-", "--format", "webanno"]).exits(0).json();
    assert_eq!(none["items"], json!([]));
}

#[test]
fn tei_is_well_formed_and_every_reference_has_a_target() {
    let check = |text: &str| {
        let document = roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{error}:\n{text}"));
        let xml_id = |node: roxmltree::Node<'_, '_>| {
            node.attribute(("http://www.w3.org/XML/1998/namespace", "id")).map(str::to_owned)
        };
        let ids: Vec<String> = document.descendants().filter_map(xml_id).collect();
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len());
        let references = document.descendants().filter_map(|node| node.attribute("ref"));
        let references: Vec<&str> = references.flat_map(str::split_whitespace).collect();
        assert!(!references.is_empty());
        assert!(references.iter().all(|reference| ids.iter().any(|id| *reference == format!("#{id}"))));
    };
    let run = workspace().run(&["annotate", "a.md", "--format", "tei"]);
    check(&run.exits(0).says_nothing().stdout);
    run.prints("<title>调研 &lt;A&amp;B&gt;</title>")
        .prints("<creation><date when=\"2022-07-10\">")
        .prints("<head><persName ref=\"#lin-yiming\">林一鸣</persName>到<placeName ref=\"#cn-220500\">")
        .prints("<persName ref=\"#_1-zhao #zhao-2\" cert=\"unknown\">赵小禾</persName>")
        .prints("<occupation from=\"2022-01-01\">吉林省委统战部部长</occupation>")
        .prints("<code>林一鸣</code>")
        .prints("<item><persName")
        .prints("<row><cell></cell><cell><placeName")
        .prints("<ab type=\"byline\">");
    let samples = samples();
    samples.run(&["annotate", "drafts", "--format", "tei", "--output", "out"]).exits(0).says_nothing();
    SAMPLES.iter().for_each(|name| check(&samples.read(&format!("out/{name}.xml"))));
}

#[test]
fn html_stands_alone() {
    let check = |page: &str| {
        for reference in ["src=", "url(", "@import", "<script", "<link", "<iframe", "<img", "href=\"http", "href=\"/"] {
            assert!(!page.contains(reference), "the page has {reference}:\n{page}");
        }
        let targets = page.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap());
        assert!(targets.clone().count() > 0);
        for target in targets {
            assert_eq!(page.matches(&format!(" id=\"{target}\"")).count(), 1, "{target}");
        }
        // Well-formed but for what HTML leaves open.
        let strict = page.replace("<!DOCTYPE html>\n", "").replace("<br>", "<br/>");
        let strict = strict.split("<meta ").enumerate().map(|(index, part)| match index {
            0 => part.to_owned(),
            _ => format!("<meta {}", part.replacen('>', "/>", 1)),
        });
        let strict: String = strict.collect();
        roxmltree::Document::parse(&strict).unwrap_or_else(|error| panic!("{error}:\n{page}"));
    };
    let run = workspace().run(&["annotate", "a.md", "--format", "html"]);
    check(&run.exits(0).says_nothing().stdout);
    run.prints("<title>调研 &lt;A&amp;B&gt;</title>")
        .prints("当日任职")
        .prints("吉林省 › 通化市")
        .prints("可指 2 个词条")
        .prints("<h2>二</h2>")
        .prints("https://example.org/&lt;1&gt;&amp;2");
    let english = workspace().run(&["annotate", "a.md", "--format", "html", "--lang", "en"]);
    english.prints("That day").prints("<html lang=\"en\">").prints("one of 2 entries");
    let samples = samples();
    samples.run(&["annotate", "drafts", "--format", "html", "--output", "out"]).exits(0).says_nothing();
    SAMPLES.iter().for_each(|name| check(&samples.read(&format!("out/{name}.html"))));
    // What an entry refers to goes by its name.
    assert!(samples.read("out/2022-07-10-clean.html").contains("<i>上级</i><span>中国共产党吉林省委员会</span>"));
}

#[test]
fn md_annotates_what_can_be_annotated() {
    let workspace = workspace();
    let check = |draft: &str, annotated: &str| {
        for name in
            ["x.md", "x.txt"].into_iter().filter(|name| name.ends_with("md") || !draft.contains(['`', '*', '<']))
        {
            workspace.write(name, draft);
            let run = workspace.run(&["annotate", name, "--format", "md"]);
            assert_eq!(run.exits(0).stdout, annotated, "{name}");
            workspace.write(name, annotated);
            let stripped = workspace.run(&["strip", name]);
            assert_eq!(stripped.exits(0).stdout, draft, "{name}");
        }
    };
    let (lin, place) = ("[林一鸣](@lin-yiming)", "[通化市](@cn-220500)");
    check("# 林一鸣到通化市\r\n\r\n林一鸣。\r\n", &format!("# {lin}到{place}\r\n\r\n{lin}。\r\n"));
    check("`林一鸣`、**林一鸣**、<b>林一鸣</b>。", &format!("`林一鸣`、**{lin}**、<b>{lin}</b>。"));
    check("**林一**鸣和赵小禾", "**林一**鸣和赵小禾");
    workspace.write("x.md", "[林一鸣的话](a.md)，林一鸣[林一鸣](@lin-yiming)、![林一鸣](a.png)通化市");
    let annotated = workspace.run(&["annotate", "x.md", "--format", "md"]);
    assert_eq!(
        annotated.stdout,
        format!("[林一鸣的话](a.md)，{lin}{lin}、![林一鸣](a.png){place}"),
        "links and images stay as they are"
    );
}

#[test]
fn md_of_the_samples_strips_to_them_and_has_the_same_findings() {
    let samples = samples();
    samples.run(&["annotate", "drafts", "--format", "md", "--output", "annotated"]).exits(0).says_nothing();
    let finding = |line: &Value| (line["code"].clone(), line["entries"].clone(), line["message"].clone());
    for name in SAMPLES {
        let (plain, annotated) = (format!("drafts/{name}.md"), format!("annotated/{name}.md"));
        let text = samples.read(&annotated);
        assert!(text.matches("](@").count() > 10, "{text}");
        let stripped = samples.run(&["strip", &annotated]);
        let expected = samples.run(&["strip", &plain]);
        assert!(stripped.exits(0).stdout == expected.exits(0).stdout, "{name}");
        let again = samples.run(&["annotate", &annotated, "--format", "md"]);
        assert!(again.exits(0).stdout == text, "{name} is annotated already");
        let [before, after] = [&plain, &annotated].map(|path| {
            samples.run(&["check", path, "--format", "jsonl"]).json_lines().iter().map(finding).collect::<Vec<_>>()
        });
        assert_eq!(after, before, "{name}");
    }
}
