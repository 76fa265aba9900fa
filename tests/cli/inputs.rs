//! The formats that drafts come in.

use std::io::{Cursor, Read, Write};

use encoding_rs::GB18030;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::{
    report_formats::FORMATS,
    workspace::{NO_PACKS, Workspace},
};

const SLIP: &str = "会议于2月30日召开。";
const NAMESPACE: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const TYPES: &str = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
    <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
    <Override PartName=\"/word/footnotes.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml\"/></Types>";
const RELATIONS: &str = "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
const BODY_RELATIONS: &str = "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes\" Target=\"footnotes.xml\"/></Relationships>";

/// A body with the slip cut by runs, in a table, and in a footnote; with deleted text and a tab stop.
const BODY: &str = "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\" w:pos=\"720\"/></w:tabs></w:pPr><w:r><w:t>标题</w:t></w:r></w:p>\
    <w:p><w:r><w:rPr><w:b/></w:rPr><w:t>会议于2月</w:t></w:r><w:r><w:t xml:space=\"preserve\">30日召开 &amp;通过。</w:t></w:r>\
    <w:del w:id=\"90\"><w:r><w:delText>会议于2月31日召开。</w:delText></w:r></w:del>\
    <w:r><w:br/><w:t>另行</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>\
    <w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/><w:p><w:r><w:t>于4月31日印发</w:t></w:r></w:p><w:p><w:r><w:t>9月31日</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>";
const NOTES: &str = "<w:footnote w:id=\"2\"><w:p><w:r><w:t>见6月31日报道。</w:t></w:r></w:p></w:footnote>";

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn docx(body: &str, notes: &str) -> Vec<u8> {
    let body = format!("<?xml version=\"1.0\"?><w:document {NAMESPACE}><w:body>{body}</w:body></w:document>");
    let notes = format!("<?xml version=\"1.0\"?><w:footnotes {NAMESPACE}>{notes}</w:footnotes>");
    package(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("word/_rels/document.xml.rels", BODY_RELATIONS),
        ("word/document.xml", &body),
        ("word/footnotes.xml", &notes),
    ])
}

fn part(document: &[u8], name: &str) -> String {
    let mut text = String::new();
    ZipArchive::new(Cursor::new(document)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn workspace(name: &str, bytes: impl AsRef<[u8]>) -> Workspace {
    let workspace = Workspace::new(&[("hegao.toml", &format!("{NO_PACKS}as_of = \"2022-07-10\"\n"))]);
    workspace.write(name, bytes);
    workspace
}

fn utf16(text: &str) -> Vec<u8> {
    format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn every_input_works_in_every_format() {
    let text = format!("标题\n\n{SLIP}\n");
    let page = format!("<!DOCTYPE html><html><body><p>{SLIP}</p></body></html>");
    let document = docx(&format!("<w:p><w:r><w:t>{SLIP}</w:t></w:r></w:p>"), "");
    let inputs: [(&str, Vec<u8>, &str); 9] = [
        ("a.md", text.clone().into(), ""),
        ("a.markdown", text.clone().into(), ""),
        ("a.txt", text.clone().into(), ""),
        ("b.txt", format!("\u{FEFF}{text}").into(), ""),
        ("c.txt", utf16(&text), "UTF-16"),
        ("d.md", GB18030.encode(&text).0.into_owned(), "GB18030"),
        ("a.html", page.clone().into(), ""),
        ("b.htm", GB18030.encode(&page).0.into_owned(), "GB18030"),
        ("a.docx", document, ""),
    ];
    for (name, bytes, said) in inputs {
        let workspace = workspace(name, &bytes);
        for format in FORMATS {
            let run = workspace.run(&["check", name, "--format", format]);
            let clear = run.exits(1).says(said).prints("F102");
            match format {
                "json" | "sarif" | "gitlab" | "rdjson" => drop(clear.json()),
                "junit" | "checkstyle" => drop(roxmltree::Document::parse(&clear.stdout).unwrap()),
                _ => drop(clear.prints(name)),
            }
            let piped = workspace.run_with(&["check", "-", "--stdin-filename", name, "--format", format], &bytes);
            assert_eq!(piped.exits(1).stdout, run.stdout, "{name} {format}");
        }
    }
}

#[test]
fn fixes_keep_the_encoding() {
    let lexicon = "[[term]]\nid = \"t\"\npreferred = \"乡村振兴\"\ndeprecated = [\"村镇振兴\"]\n";
    let check = |encode: &dyn Fn(&str) -> Vec<u8>, said: &str| {
        let workspace = workspace("a.txt", encode("推进村镇振兴。\r\n"));
        workspace.write("lexicon/t.toml", lexicon);
        workspace.run(&["check", "a.txt", "--fix", "--unsafe-fixes"]).exits(0).says("已修正 a.txt").says(said);
        assert_eq!(std::fs::read(workspace.path("a.txt")).unwrap(), encode("推进乡村振兴。\r\n"));
        let run = workspace.run(&["check", "a.txt", "--diff"]);
        assert_eq!(run.exits(0).stdout, "");
    };
    check(&utf16, "UTF-16");
    check(&|text| GB18030.encode(text).0.into_owned(), "GB18030");
    // Not into a document of Word, which is said; the document stays as it is.
    let document = docx("<w:p><w:r><w:t>推进村镇振兴。</w:t></w:r></w:p>", "");
    let workspace = workspace("a.docx", &document);
    workspace.write("lexicon/t.toml", lexicon);
    workspace.run(&["check", "a.docx", "--fix", "--unsafe-fixes"]).exits(2).says("--annotate-docx");
    assert_eq!(std::fs::read(workspace.path("a.docx")).unwrap(), document);
}

/// The places and words of the findings in a draft.
fn findings(name: &str, bytes: &[u8]) -> Vec<(u64, u64, String)> {
    let run = workspace(name, bytes).run(&["check", name, "--select", "F102", "--format", "jsonl"]);
    let at = |finding: &serde_json::Value, key: &str| finding["range"]["start"][key].as_u64().unwrap();
    let lines = run.json_lines();
    lines.iter().map(|line| (at(line, "line"), at(line, "column"), line["text"].as_str().unwrap().to_owned())).collect()
}

#[test]
fn html_positions_are_those_of_the_source() {
    let check = |source: &str, words: &[&str]| {
        let found = findings("a.html", source.as_bytes());
        let texts: Vec<&str> = found.iter().map(|(.., text)| text.as_str()).collect();
        assert_eq!(texts, words, "{source}");
        for (line, column, text) in &found {
            let line = source.lines().nth(usize::try_from(*line).unwrap() - 1).unwrap();
            let rest: String = line.chars().skip(usize::try_from(*column).unwrap() - 1).collect();
            assert!(rest.starts_with(text.lines().next().unwrap()), "{rest} {text}");
        }
    };
    check("<p>甲&amp;乙于<b>2月</b>30日召开</p>", &["2月</b>30日"]);
    check("<p>会议于&nbsp;2月30日召开</p>\n<div>4月31日</div>", &["2月30日", "4月31日"]);
    check("<p>会议于2月\n    30日召开</p>", &["2月\n    30日"]);
    check("<head><title>2月30日</title></head><script>'2月30日'</script><code>2月30日</code><!-- 2月30日 -->", &[]);
    check("<ul><li>2月<li>30日</ul><table><tr><td>2月<td>30日</table>2月<p>30日", &[]);
    check("<p>会议于2月&#51;0日召开", &["2月&#51;0日"]);
    check("<!-- hegao: ignore F102 --><p>会议于2月30日召开</p>", &[]);
    // `<` before what is no letter is text (HTML, 13.2.5.6).
    check("<p>不成<对 & 的 <标记 2月30日 &notanentity;", &["2月30日"]);
    check("", &[]);
}

#[test]
fn docx_findings_are_by_paragraph_and_text() {
    let found = findings("a.docx", &docx(BODY, NOTES));
    let expected = [(2, 4, "2月30日"), (3, 2, "4月31日"), (4, 1, "9月31日"), (6, 2, "6月31日")];
    assert_eq!(found, expected.map(|(line, column, text)| (line, column, text.to_owned())));
}

#[test]
fn docx_comments_stand_at_their_words() {
    let workspace = workspace("a.docx", docx(BODY, NOTES));
    workspace.run(&["check", "a.docx", "--annotate-docx", "out.docx", "--select", "F102"]).exits(1).says_nothing();
    let copy = std::fs::read(workspace.path("out.docx")).unwrap();
    let body = part(&copy, "word/document.xml");
    let comments = part(&copy, "word/comments.xml");
    roxmltree::Document::parse(&comments).unwrap();
    let document = roxmltree::Document::parse(&body).unwrap();
    // The words between the marks of each comment.
    let mut open: Vec<(String, String)> = Vec::new();
    let mut marked: Vec<(String, String)> = Vec::new();
    for node in document.descendants() {
        let id = || node.attributes().find(|attribute| attribute.name() == "id").unwrap().value().to_owned();
        match node.tag_name().name() {
            "commentRangeStart" => open.push((id(), String::new())),
            "commentRangeEnd" => marked.push(open.remove(open.iter().position(|(open, _)| *open == id()).unwrap())),
            "p" => assert!(open.is_empty(), "a comment begins in the paragraph of its words: {open:?}"),
            "t" => open.iter_mut().for_each(|(_, words)| words.push_str(node.text().unwrap_or_default())),
            _ => {}
        }
    }
    let expected = [("0", "2月30日"), ("3", ""), ("1", "4月31日"), ("2", "9月31日")];
    assert_eq!(marked, expected.map(|(id, words)| (id.to_owned(), words.to_owned())));
    assert_eq!(body.matches("<w:commentReference").count(), 4);
    assert!(
        body.contains("<w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">2月</w:t>"),
        "runs keep their look: {body}"
    );
    assert_eq!(comments.matches("<w:comment ").count(), 4);
    assert!(comments.contains("错误 F102 "), "{comments}");
    assert!(part(&copy, "[Content_Types].xml").contains("/word/comments.xml"));
    assert!(part(&copy, "word/_rels/document.xml.rels").contains("relationships/comments"));
    // The text is the same, and comments can be added to comments.
    let places = |name: &str| workspace.run(&["check", name, "--format", "concise"]).stdout.replace(name, "");
    assert_eq!(places("out.docx"), places("a.docx"));
    workspace.run(&["check", "out.docx", "--annotate-docx", "again.docx", "--select", "F102"]).exits(1);
    let again = std::fs::read(workspace.path("again.docx")).unwrap();
    let comments = part(&again, "word/comments.xml");
    for id in 0..8 {
        assert_eq!(comments.matches(&format!("<w:comment w:id=\"{id}\"")).count(), 1, "{comments}");
    }
}

#[test]
fn what_a_document_shows_besides_its_text_is_said() {
    let check = |parts: &[(&str, &str)], zh: &str, en: &str| {
        let header = |text: &str| format!("<w:hdr {NAMESPACE}><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:hdr>");
        let body =
            format!("<w:document {NAMESPACE}><w:body><w:p><w:r><w:t>天晴。</w:t></w:r></w:p></w:body></w:document>");
        let parts: Vec<(&str, String)> = parts.iter().map(|(name, text)| (*name, header(text))).collect();
        let mut all = vec![("[Content_Types].xml", TYPES), ("word/document.xml", &body)];
        all.extend(parts.iter().map(|(name, text)| (*name, text.as_str())));
        let workspace = workspace("a.docx", package(&all));
        let said = |text: &str| if text.is_empty() { String::new() } else { format!("a.docx: {text}\n") };
        for command in ["check", "strip", "annotate"] {
            assert_eq!(workspace.run(&[command, "a.docx"]).exits(0).stderr, said(zh), "{command}");
        }
        assert_eq!(workspace.run(&["check", "a.docx", "--lang", "en"]).exits(0).stderr, said(en));
    };
    check(&[], "", "");
    check(
        &[("word/header2.xml", "示例晚报"), ("word/header1.xml", "示例日报"), ("word/header3.xml", "示例日报")],
        "页眉、页脚未核对：“示例日报”“示例晚报”",
        "headers and footers were not checked: “示例日报”, “示例晚报”",
    );
    check(&[("word/header1.xml", " "), ("word/footer1.xml", "第 3 页 共 5 页")], "", "");
    check(
        &[("word/charts/chart1.xml", "")],
        "图表、图示和嵌入对象中的文字未核对",
        "words in charts, diagrams and embedded objects were not checked",
    );
}

#[test]
fn a_copy_is_made_of_one_document_only() {
    let workspace = workspace("a.docx", docx(BODY, NOTES));
    workspace.write("b.md", SLIP);
    let check = |arguments: &[&str]| {
        workspace.run(&[&["check"], arguments].concat()).exits(2).says("--annotate-docx");
    };
    check(&["b.md", "--annotate-docx", "out.docx"]);
    check(&["a.docx", "b.md", "--annotate-docx", "out.docx"]);
    check(&["a.docx", "--annotate-docx", "a.docx"]);
    assert!(!workspace.path("out.docx").exists());
    assert_eq!(std::fs::read(workspace.path("a.docx")).unwrap(), docx(BODY, NOTES));
}

#[test]
fn documents_that_are_not_sound_are_refused() {
    let check = |bytes: &[u8], said: &str| {
        let workspace = workspace("a.docx", bytes);
        workspace.run(&["check", "a.docx"]).exits(2).says("a.docx: ").says(said);
    };
    let entity = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><w:document {NAMESPACE}><w:body>\
        <w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>"
    );
    check(&package(&[("[Content_Types].xml", TYPES), ("word/document.xml", &entity)]), "DOCTYPE");
    let plain = format!("<w:document {NAMESPACE}><w:body/></w:document>");
    check(&package(&[("word/document.xml", &plain), ("word/vbaProject.bin", "x")]), "宏");
    let bomb = "0".repeat(80 << 20);
    check(&package(&[("word/document.xml", &bomb)]), "压缩炸弹");
    check(&package(&[("word/document.xml", &plain), ("word/media/a.bin", &bomb)]), "压缩炸弹");
    check(&package(&[("xl/workbook.xml", "")]), "没有 word/document.xml");
    check(&package(&[("word/document.xml", "<w:document><w:p>")]), "");
    check(b"no archive", "不是 .docx");
    check(b"", "不是 .docx");
    check(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old", ".doc");
    let workspace = workspace("a.docm", docx(BODY, NOTES));
    workspace.run(&["check", "a.docm"]).exits(2).says("a.docm");
}
