//! Measures recognition on a tagged corpus: `cargo run --release --example evaluate -- 199801.txt`.
//!
//! The corpus (one month of a daily paper, January 1998, cut and tagged by Peking University; one
//! paragraph a line, `word/tag` separated by two spaces) is given by path and never part of the
//! project. Every paragraph is read as a draft of its own. Printed are precision and recall with counts, the
//! most frequent errors (`MOST=40` for more of them), and the speed of it all, from the text to the mentions; also
//! that of reading every article as a draft.
//!
//! - A place mention is right if it crosses no edge of a tagged word and one of the words it covers is a
//!   place (`ns`, as in 内蒙古/ns 自治区/n) or a word of place (`s`, as in 中原区/s). Any other one is wrong, also
//!   where the tag is at fault (巴音郭楞蒙古自治州 is tagged `nz`).
//! - A place is to be found if it is tagged `ns` and its whole text is a name in force at the as-of date,
//!   unless it begins the name of an institution, an office or a route, where it is no mention.
//! - For persons, the names of every third paragraph make the lexicon; a mention is right if it is exactly a
//!   tagged name, and every tagged name of the lexicon is to be found, in all paragraphs.

mod corpus;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    env, fs,
    process::ExitCode,
    time::Instant,
};

use hegao::{
    analysis::{Analyzer, Resolution},
    lexicon::{EdtfDate, EntryKind, Lexicon, LexiconSources, packs},
    text::{Draft, DraftFormat, Span},
};

fn main() -> ExitCode {
    let Some(path) = env::args().nth(1) else {
        eprintln!("usage: evaluate 199801.txt [as-of]");
        return ExitCode::from(2);
    };
    let as_of = env::args().nth(2).unwrap_or_else(|| "1998-01".into()).parse().expect("a date such as 1998-01");
    let corpus = match fs::read_to_string(&path) {
        Ok(text) => text.lines().map(Line::parse).collect::<Vec<_>>(),
        Err(error) => {
            eprintln!("{path}: {error}");
            return ExitCode::from(2);
        }
    };
    places(&corpus, as_of);
    persons(&corpus, as_of);
    ExitCode::SUCCESS
}

/// A paragraph with its words.
struct Line {
    text: String,
    words: Vec<(Span, String)>,
}

impl Line {
    fn parse(line: &str) -> Self {
        let (mut text, mut words) = (String::new(), Vec::new());
        for token in line.split_whitespace() {
            if let Some((word, tag)) = token.rsplit_once('/') {
                let start = text.len();
                text.push_str(word);
                words.push((Span::new(start, text.len()), tag.to_owned()));
            }
        }
        Self { text, words }
    }

    fn is_boundary(&self, at: usize) -> bool {
        at == 0 || self.words.iter().any(|(span, _)| span.end == at)
    }

    fn tags(&self, span: Span) -> Vec<&str> {
        self.words.iter().filter(|(word, _)| span.covers(*word)).map(|(_, tag)| tag.as_str()).collect()
    }

    /// The persons' names: runs of `nr` read in pairs, and the runs of odd length, which tell nothing.
    fn names(&self) -> (Vec<Span>, Vec<Span>) {
        let (mut names, mut unclear) = (Vec::new(), Vec::new());
        for run in self.words.chunk_by(|a, b| a.1 == "nr" && b.1 == "nr").filter(|run| run[0].1 == "nr") {
            if run.len() % 2 == 0 {
                names.extend(run.chunks(2).map(|pair| Span::new(pair[0].0.start, pair[1].0.end)));
            } else {
                unclear.push(Span::new(run[0].0.start, run[run.len() - 1].0.end));
            }
        }
        (names, unclear)
    }
}

/// The mentions of a kind in each line, and the seconds that reading all lines and reading all articles takes.
fn mentions(analyzer: &Analyzer, corpus: &[Line], as_of: EdtfDate, kind: EntryKind) -> (Vec<Mentions>, [f64; 2]) {
    let texts: Vec<&str> = corpus.iter().map(|line| line.text.as_str()).collect();
    let articles: Vec<String> = corpus::articles(&texts).into_iter().map(|(_, article)| article).collect();
    let articles: Vec<&str> = articles.iter().map(String::as_str).collect();
    let fastest = |drafts: &[&str]| {
        // Other work on the machine only makes a reading slower.
        let readings = (0..READINGS).map(|_| read(analyzer, drafts, as_of, kind));
        readings.min_by(|a, b| a.1.total_cmp(&b.1)).expect("there are readings")
    };
    let ((found, by_line), (_, by_article)) = (fastest(&texts), fastest(&articles));
    (found, [by_line, by_article])
}

const READINGS: usize = 7;

/// The mentions in one draft.
type Mentions = Vec<(Span, Resolution)>;

fn read(analyzer: &Analyzer, drafts: &[&str], as_of: EdtfDate, kind: EntryKind) -> (Vec<Mentions>, f64) {
    let start = Instant::now();
    let found = drafts
        .iter()
        .map(|text| {
            let draft = Draft::parse(*text, DraftFormat::Plain);
            let blocks =
                draft.blocks.iter().map(|block| std::sync::Arc::new(analyzer.analyze_block(&block.content))).collect();
            let analysis = analyzer.resolve(&draft, blocks, as_of, None);
            let of_kind = analysis
                .mentions
                .iter()
                .filter(|mention| mention.kind == kind && mention.resolution != Resolution::Other);
            of_kind.map(|mention| (mention.span, mention.resolution)).collect()
        })
        .collect();
    (found, start.elapsed().as_secs_f64())
}

fn places(corpus: &[Line], as_of: EdtfDate) {
    let analyzer =
        Analyzer::new(Lexicon::load(&LexiconSources { packs: packs::PACKS.iter().collect(), paths: Vec::new() }));
    let (found, seconds) = mentions(&analyzer, corpus, as_of, EntryKind::Place);
    let mut tally = Tally::default();
    for (line, found) in corpus.iter().zip(&found) {
        for (span, _) in found {
            let crossing = !line.is_boundary(span.start) || !line.is_boundary(span.end);
            let tags = line.tags(*span);
            let right = !crossing && tags.iter().any(|tag| matches!(*tag, "ns" | "s"));
            tally.found(
                right,
                || {
                    format!(
                        "{} {}",
                        span.slice(&line.text),
                        if crossing { "crosses a word".into() } else { tags.join("+") }
                    )
                },
                || context(line, *span),
            );
        }
        let forms = analyzer.lexicon().forms();
        for (span, _) in line.words.iter().filter(|(_, tag)| tag == "ns") {
            let targets = forms.find(span.slice(&line.text));
            let known =
                targets.iter().any(|target| in_force(analyzer.lexicon(), target.entry, span.slice(&line.text), as_of));
            if known && !begins_a_name(line, *span) {
                tally.gold(
                    found.iter().any(|(mention, _)| mention.covers(*span)),
                    || span.slice(&line.text).to_owned(),
                    || context(line, *span),
                );
            }
        }
    }
    tally.print("places", corpus, seconds);
}

/// Whether the place begins the name of an institution (北京/ns 大学/n, 南京/ns 长江/ns 大桥/n) or office (北京/ns
/// 市委/n): a place inside such a name is no mention. Judged by the tagged words alone.
fn begins_a_name(line: &Line, span: Span) -> bool {
    const LAST: &str = "大学 学院 中学 小学 学校 院校 公司 集团 医院 银行 分行 支行 出版社 社 报 日报 晚报 电视台 电台 队 军区 军分区 舰队 研究所 研究院 博物馆 图书馆 体育馆 剧院 剧团 话剧团 饭店 宾馆 商场 大厦 大桥 铁路 公路 高速公路 大街 \
                        机场 站 火车站 厂 总厂 煤矿 油田 局 局长 厅 厅长 委 市委 省委 区委 县委 委员会 法院 检察院 政府 人大 常委会 政协 分社 工会 总工会 妇联 科协 文联 作协 协会 学会 联合会 红十字会 海关 俱乐部";
    let following = line.words.iter().skip_while(|(word, _)| word.start < span.end);
    let name = following.take_while(|(_, tag)| {
        matches!(tag.as_str(), "n" | "nz" | "ns" | "j" | "vn" | "b" | "nt" | "an" | "f" | "nr" | "s" | "m" | "a" | "l")
    });
    name.take(7).any(|(word, tag)| tag == "nt" || LAST.split(' ').any(|last| word.slice(&line.text).ends_with(last)))
}

fn in_force(lexicon: &Lexicon, entry: hegao::lexicon::EntryIndex, form: &str, as_of: EdtfDate) -> bool {
    let Some(place) = lexicon.entry(entry).place() else { return false };
    lexicon
        .possible_versions(place, as_of)
        .any(|version| version.name == form || version.short.iter().any(|short| short == form))
}

fn persons(corpus: &[Line], as_of: EdtfDate) {
    let held_back = corpus.iter().step_by(3);
    let names: HashSet<&str> =
        held_back.flat_map(|line| line.names().0.into_iter().map(|span| span.slice(&line.text))).collect();
    let mut names: Vec<&str> = names.into_iter().filter(|name| name.chars().count() > 1).collect();
    names.sort_unstable();
    let entries: String = names
        .iter()
        .enumerate()
        .map(|(index, name)| format!("[[person]]\nid = \"p{index}\"\nname = \"{name}\"\n"))
        .collect();
    let file = env::temp_dir().join(format!("hegao-evaluate-{}.toml", std::process::id()));
    fs::write(&file, entries).expect("the temporary folder can be written");
    let sources = LexiconSources { packs: packs::PACKS.iter().collect(), paths: vec![file.clone()] };
    let analyzer = Analyzer::new(Lexicon::load(&sources));
    fs::remove_file(file).ok();
    let known: HashSet<&str> = names.iter().copied().collect();
    let (found, seconds) = mentions(&analyzer, corpus, as_of, EntryKind::Person);
    let mut tally = Tally::default();
    for (line, found) in corpus.iter().zip(&found) {
        let (names, unclear) = line.names();
        for (span, _) in found.iter().filter(|(span, _)| !unclear.iter().any(|other| other.intersects(*span))) {
            tally.found(names.contains(span), || span.slice(&line.text).to_owned(), || context(line, *span));
        }
        for span in names.iter().filter(|span| known.contains(span.slice(&line.text))) {
            tally.gold(
                found.iter().any(|(mention, _)| mention == span),
                || span.slice(&line.text).to_owned(),
                || context(line, *span),
            );
        }
    }
    tally.print(&format!("persons ({} names)", known.len()), corpus, seconds);
}

fn context(line: &Line, span: Span) -> String {
    let before: Vec<char> = line.text[..span.start].chars().rev().take(8).collect();
    let after: String = line.text[span.end..].chars().take(8).collect();
    format!("{}⟦{}⟧{after}", before.into_iter().rev().collect::<String>(), span.slice(&line.text))
}

#[derive(Default)]
struct Tally {
    found: usize,
    right: usize,
    gold: usize,
    recalled: usize,
    wrong: BTreeMap<String, (usize, String)>,
    missed: BTreeMap<String, (usize, String)>,
}

impl Tally {
    fn found(&mut self, right: bool, kind: impl Fn() -> String, context: impl Fn() -> String) {
        self.found += 1;
        self.right += usize::from(right);
        if !right {
            self.wrong.entry(kind()).or_insert_with(|| (0, context())).0 += 1;
        }
    }

    fn gold(&mut self, recalled: bool, kind: impl Fn() -> String, context: impl Fn() -> String) {
        self.gold += 1;
        self.recalled += usize::from(recalled);
        if !recalled {
            self.missed.entry(kind()).or_insert_with(|| (0, context())).0 += 1;
        }
    }

    fn print(&self, title: &str, corpus: &[Line], seconds: [f64; 2]) {
        let bytes: usize = corpus.iter().map(|line| line.text.len()).sum();
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        println!("{title}");
        println!("  precision {:.2} % ({} of {})", share(self.right, self.found), self.right, self.found);
        println!("  recall    {:.2} % ({} of {})", share(self.recalled, self.gold), self.recalled, self.gold);
        let [by_line, by_article] = seconds.map(|seconds| bytes as f64 / 1e6 / seconds);
        println!("  speed     {by_line:.1} MB/s by paragraph, {by_article:.1} MB/s by article, on one core");
        let most: usize = env::var("MOST").ok().and_then(|most| most.parse().ok()).unwrap_or(10);
        for (title, errors) in [("wrong", &self.wrong), ("missed", &self.missed)] {
            let mut errors: Vec<_> = errors.iter().collect();
            errors.sort_by_key(|(kind, (count, _))| (std::cmp::Reverse(*count), (*kind).clone()));
            let kinds: HashMap<_, _> = errors.iter().map(|(kind, _)| (kind, ())).collect();
            println!("  {title}: {} kinds", kinds.len());
            for (kind, (count, context)) in errors.into_iter().take(most) {
                println!("    {count:5}  {kind}    {context}");
            }
        }
    }
}
