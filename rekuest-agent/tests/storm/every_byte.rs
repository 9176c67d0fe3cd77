//! One short conversation, in which the connection is cut at every byte of either direction in turn.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rekuest_core::message::Capabilities;
use tokio::runtime::Runtime;

use crate::functions::Behaviour;
use crate::ledger::Broken;
use crate::plan::{Action, Control, Cut, End, Target, Traits};
use crate::proxy::Direction;
use crate::run::Run;
use crate::server::State;
use crate::{runtimes, tally};

/// How many conversations go on beside each other.
const BESIDE: usize = 16;

fn traits() -> Traits {
    Traits {
        capabilities: Capabilities::ALL,
        heartbeat: 5,
        works: 0,
        window: 1 << 16,
        repeats_ids: false,
        retention: None,
        pace: None,
        concurrency: None,
        threads: std::num::NonZeroUsize::MIN,
        grace: 20,
        silence: 5_000,
        drain: 20_000,
        warms_up: false,
    }
}

/// A generator of three items, and another call that is cancelled. How many bytes went in either direction.
async fn conversation(first_cut: Option<Cut>, agents: &Runtime) -> Result<(u64, u64), Broken> {
    let cuts: Vec<Cut> = first_cut.into_iter().collect();
    let mut run = Run::start(&traits(), agents, &cuts).await;
    let assigns = |behaviour| Action::Assign { behaviour, items: 3, padding: 0, child: false, twice: false };
    run.act(&assigns(Behaviour::Counts)).await;
    run.act(&assigns(Behaviour::Waits)).await;
    run.act(&Action::Control(Control::Cancel, Target::Known(1))).await;
    let end = Instant::now() + Duration::from_secs(20);
    let all_ended = |state: &State| state.ledger.open().next().is_none();
    while let Err(broken) = run.server.until("both end", Duration::from_millis(100), all_ended).await {
        if Instant::now() > end || !broken.starts_with("both") {
            return Err(broken);
        }
        // A CANCEL that was lost is lost; whoever wants it says it again.
        run.act(&Action::Control(Control::Cancel, Target::Known(1))).await;
    }
    let link = run.links.newest();
    let passed = |direction| link.as_ref().map_or(0, |link| link.passed(direction));
    let lengths = (passed(Direction::ToAgent), passed(Direction::ToServer));
    run.end(End::Quiet, agents).await?;
    Ok(lengths)
}

#[test]
fn a_conversation_survives_a_cut_at_every_byte() {
    let began = Instant::now();
    let (server, agents) = runtimes();
    let lengths = server.block_on(conversation(None, &agents)).expect("a conversation without a cut");
    let cuts = |direction, length| {
        (0..=length).map(move |after| Cut {
            direction,
            after,
            resets: after % 2 == 1,
            loses_arrived: after % 3 == 0,
        })
    };
    let cuts: Vec<Cut> =
        cuts(Direction::ToAgent, lengths.0).chain(cuts(Direction::ToServer, lengths.1)).collect();
    let survived = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for beside in 0..BESIDE {
            let (cuts, survived) = (&cuts, &survived);
            scope.spawn(move || {
                let (server, agents) = runtimes();
                for cut in cuts.iter().skip(beside).step_by(BESIDE) {
                    if let Err(broken) = server.block_on(conversation(Some(*cut), &agents)) {
                        panic!("{broken}, after {cut:?}");
                    }
                    survived.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    tally::report(&format!("{} cuts of one conversation", survived.load(Ordering::Relaxed)), began);
}
