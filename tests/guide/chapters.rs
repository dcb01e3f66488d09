//! The chapters and what is fenced in them.

use std::fs;
use std::path::PathBuf;

/// A chapter of the guide.
pub(crate) struct Chapter {
    /// Its path below `docs/src`, such as `client/tokens.md`.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// A fenced block of a chapter.
pub(crate) struct Block {
    /// The kind: `rust`, `yaml`.
    pub(crate) language: String,
    /// What else stands behind the fence: `no_run`, `actions=shop`.
    pub(crate) attributes: Vec<String>,
    pub(crate) text: String,
    /// Chapter and line, for messages.
    pub(crate) place: String,
}

impl Block {
    pub(crate) fn is(&self, language: &str, attribute: &str) -> bool {
        self.language == language && self.attributes.iter().any(|known| known == attribute)
    }

    /// The value of `key=value` behind the fence.
    pub(crate) fn value(&self, key: &str) -> Option<&str> {
        self.attributes.iter().find_map(|known| known.strip_prefix(key)?.strip_prefix('='))
    }
}

impl Chapter {
    pub(crate) fn blocks(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut lines = self.text.lines().enumerate();
        while let Some((at, line)) = lines.next() {
            let Some(info) = line.strip_prefix("```") else { continue };
            let text: Vec<&str> =
                lines.by_ref().map(|(_, line)| line).take_while(|line| !line.starts_with("```")).collect();
            let mut info = info.split(',').map(str::to_owned);
            blocks.push(Block {
                language: info.next().unwrap_or_default(),
                attributes: info.collect(),
                text: text.join("\n") + "\n",
                place: format!("{}:{}", self.path, at + 1),
            });
        }
        blocks
    }

    /// The part below the heading `## <title>`, up to the next.
    pub(crate) fn section(&self, title: &str) -> Option<&str> {
        let (_, below) = self.text.split_once(&format!("\n## {title}\n"))?;
        Some(below.split("\n## ").next().unwrap_or(below))
    }
}

/// The chapters in the order of `SUMMARY.md`.
pub(crate) fn chapters() -> Vec<Chapter> {
    let summary = read("src/SUMMARY.md");
    let paths = summary.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    paths.map(|path| Chapter { path: path.to_owned(), text: read(&format!("src/{path}")) }).collect()
}

pub(crate) fn docs() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs")
}

/// A file below `docs/`.
pub(crate) fn read(path: &str) -> String {
    let text = fs::read_to_string(docs().join(path)).unwrap_or_else(|error| panic!("docs/{path}: {error}"));
    text.replace("\r\n", "\n")
}
