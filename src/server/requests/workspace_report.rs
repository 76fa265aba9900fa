//! The answer to `workspace/diagnostic`, in parts if the client takes them.

use std::{collections::HashMap, mem, sync::Arc};

use tokio::sync::mpsc;
use tower_lsp::{
    jsonrpc::Result,
    ls_types::{
        WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceDiagnosticReportPartialResult,
        WorkspaceDiagnosticReportResult,
    },
};

use super::diagnostic;
use crate::{
    lang::Message,
    server::{
        progress::{self, Progress},
        world::World,
    },
};

/// How many reports make a part.
const PART: usize = 20;

/// Reports on every draft of the workspace. With a token for parts they all go out as parts, before an
/// answer that is empty.
pub(in crate::server) async fn run(
    world: &Arc<World>,
    params: WorkspaceDiagnosticParams,
) -> Result<WorkspaceDiagnosticReportResult> {
    let previous: HashMap<_, _> =
        params.previous_result_ids.into_iter().map(|previous| (previous.uri, previous.value)).collect();
    let title = Message::new("核对工作区的稿件", "Checking the drafts of the workspace");
    let shown = Progress::asked(world, params.work_done_progress_params.work_done_token, &title).await;
    let (parts, mut arriving) = mpsc::unbounded_channel();
    let work = world.compute(move |world, stop| {
        let mut items = Vec::new();
        diagnostic::workspace(world, previous, stop, &mut |report| {
            items.push(report);
            if items.len() == PART {
                // Fails only if nobody waits any more.
                let _ = parts.send(mem::take(&mut items));
            }
        });
        let _ = parts.send(items);
    });
    let token = params.partial_result_params.partial_result_token;
    let collect = async {
        let mut all = Vec::new();
        while let Some(items) = arriving.recv().await {
            match &token {
                Some(token) if !items.is_empty() => {
                    progress::part(world, token, &WorkspaceDiagnosticReportPartialResult { items }).await;
                }
                _ => all.extend(items),
            }
        }
        all
    };
    let (done, items) = tokio::join!(work, collect);
    shown.end(world).await;
    done.map(|()| WorkspaceDiagnosticReport { items }.into())
}
