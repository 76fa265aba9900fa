//! Workspaces for the tests of the server.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{Client, uri};

/// People, a place, an organization, a formulation, a term and a document; nobody in it is real.
pub const LEXICON: &str = r#"
[[person]]
id = "lin-yiming"
name = "林一鸣"
gender = "male"
sources = ["示例日报，2022年7月，https://example.org/lin_1"]
[[person.post]]
title = "吉林省委宣传部部长"
place = "220000"
start = "2022-01-10"
[[person.post]]
title = "吉林省教育厅厅长"
place = "220000"
start = "2019-03-01"
end = "2022-01-09"
sources = ["示例日报，2019年3月"]

[[person]]
id = "gao-yuanshan"
name = "高远山"
[[person.post]]
title = "吉林省委组织部部长"
place = "220000"
start = "2021-05-06"

[[person]]
id = "zhao-min-a"
name = "赵敏"
[[person.post]]
title = "白山市副市长"
start = "2021-05-06"

[[person]]
id = "zhao-min-b"
name = "赵敏"
[[person.post]]
title = "通化市副市长"
start = "2021-05-06"

[[place]]
id = "songhua-zone"
name = "松花新区"
level = "functional-zone"
parent = "220000"
[[place.version]]
name = "松花开发区"
start = "2010-01-01"
end = "2019-12-31"
document = "吉政函〔2010〕1号"
[[place.version]]
start = "2020-01-01"
document = "吉政函〔2020〕1号"

[[organization]]
id = "jl-survey"
name = "吉林省示例调查院"
short = ["示例调查院"]
place = "220000"

[[slogan]]
id = "epidemic-economy-development"
text = "疫情要防住、经济要稳住、发展要安全"
wrong = [{ text = "疫情要控住、经济要稳住、发展要安全", note = "“防住”误作“控住”" }]
components = ["疫情要防住", "经济要稳住", "发展要安全"]
ordered = true
start = "2022-04-29"
sources = ["https://example.org/slogan"]

[[term]]
id = "dengji"
preferred = "登记备案"
deprecated = ["登记备查"]

[[document]]
id = "plan"
title = "吉林省示例规划纲要"
issuer = "吉林省人民政府"
date = "2021-03-01"
"#;

/// A folder with hegao.toml and a lexicon.
pub struct Workspace {
    folder: TempDir,
}

impl Workspace {
    /// A workspace as of 2022-07-10 in Jilin, without built-in packs.
    pub fn new() -> Self {
        Self::with("as_of = \"2022-07-10\"\nhome = \"220000\"\npacks = [\"divisions\"]\n", LEXICON)
    }

    /// A workspace with this configuration and lexicon.
    pub fn with(config: &str, lexicon: &str) -> Self {
        let workspace = Self { folder: tempfile::tempdir().unwrap() };
        workspace.write("hegao.toml", config);
        workspace.write("lexicon/lexicon.toml", lexicon);
        workspace
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// The path of a file in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The URI of a file in it.
    pub fn uri(&self, name: &str) -> String {
        uri(&self.path(name))
    }

    /// Writes a file.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// A client that is initialized in this workspace.
    pub fn client(&self, test: &str, capabilities: Value) -> Client {
        let mut client = Client::start(test);
        client.initialize(Some(self.root()), capabilities);
        client
    }
}

/// The capabilities of a client that can do everything.
pub fn able() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-8", "utf-16"]},
        "workspace": {
            "configuration": true,
            "workspaceFolders": true,
            "workspaceEdit": {"documentChanges": true},
            "didChangeWatchedFiles": {"dynamicRegistration": true},
            "didChangeConfiguration": {"dynamicRegistration": true},
        },
        "textDocument": {
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "completion": {"completionItem": {"documentationFormat": ["markdown", "plaintext"]}},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
            "documentLink": {"tooltipSupport": true},
            "rename": {"prepareSupport": true},
            "definition": {"linkSupport": true},
            "publishDiagnostics": {"relatedInformation": true, "versionSupport": true, "dataSupport": true, "codeDescriptionSupport": true, "tagSupport": {"valueSet": [1, 2]}},
            "codeAction": {
                "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["", "quickfix", "source", "source.fixAll"]}},
                "isPreferredSupport": true,
                "dataSupport": true,
            },
        },
    })
}

/// The codes of diagnostics.
pub fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|diagnostic| diagnostic["code"].as_str().unwrap_or_default()).collect()
}

/// A position.
pub fn at(line: usize, character: usize) -> Value {
    json!({"line": line, "character": character})
}

/// A range.
pub fn range(start: Value, end: Value) -> Value {
    json!({"start": start, "end": end})
}

/// The position of the first occurrence of `needle` in `text`, in UTF-8 bytes.
pub fn place_of(text: &str, needle: &str) -> Value {
    let offset = text.find(needle).unwrap();
    let line_start = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    at(text[..offset].matches('\n').count(), offset - line_start)
}

/// The capabilities of a client that asks for diagnostics.
pub fn pulling() -> Value {
    let mut capabilities = able();
    capabilities["textDocument"]["diagnostic"] = json!({});
    capabilities["workspace"]["diagnostics"] = json!({"refreshSupport": true});
    capabilities
}

/// The text that a range of `text` covers, in UTF-8 bytes.
pub fn covered<'t>(text: &'t str, range: &Value) -> &'t str {
    let offset = |at: &Value| {
        let line = at["line"].as_u64().unwrap() as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        start + at["character"].as_u64().unwrap() as usize
    };
    &text[offset(&range["start"])..offset(&range["end"])]
}
