//! The analysis of blocks, kept until their text or the lexicon changes.

use std::{collections::HashMap, sync::Arc};

use super::Project;
use crate::{
    analysis::BlockAnalysis,
    text::{BlockContent, Draft},
};

/// Remembers the analysis of the blocks of one draft between checks. What a block's analysis gives
/// depends on its content and the lexicon alone, so a remembered one equals a fresh one.
#[derive(Default)]
pub struct BlockCache {
    revision: u64,
    blocks: HashMap<BlockContent, Arc<BlockAnalysis>>,
}

impl BlockCache {
    /// An empty cache.
    pub fn new() -> Self {
        Self::default()
    }

    /// The analysis of every block of `draft`; afterwards only its blocks are remembered.
    pub(super) fn analyze(&mut self, project: &Project, draft: &Draft) -> Vec<Arc<BlockAnalysis>> {
        if self.revision != project.revision() {
            self.blocks.clear();
            self.revision = project.revision();
        }
        let mut current = HashMap::with_capacity(draft.blocks.len());
        let mut analyses = Vec::with_capacity(draft.blocks.len());
        for block in &draft.blocks {
            let known = self.blocks.remove_entry(&block.content).or_else(|| {
                current
                    .get_key_value(&block.content)
                    .map(|(key, value): (&BlockContent, &Arc<BlockAnalysis>)| (key.clone(), value.clone()))
            });
            let (content, analysis) = known
                .unwrap_or_else(|| (block.content.clone(), Arc::new(project.analyzer().analyze_block(&block.content))));
            analyses.push(analysis.clone());
            current.insert(content, analysis);
        }
        self.blocks = current;
        analyses
    }
}
