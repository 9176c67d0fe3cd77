//! The agent in a storm: random conversations with a model server, over connections that are cut at every byte, stall
//! and deliver in pieces. After each run, every assignation has ended exactly once and nothing is left.
//!
//! `REKUEST_STORM_RUNS=5000` makes it that many runs; else it is as many as fit in a few seconds.
//! `REKUEST_STORM_SEED=1` makes the same plans again, as far as they do not depend on timing.

mod every_byte;
mod functions;
mod http;
mod ledger;
mod place;
mod plan;
mod proxy;
mod run;
mod server;
mod stage;
mod tally;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use proptest::strategy::{Strategy as _, ValueTree};
use proptest::test_runner::{Config, RngSeed, TestRunner};
use tokio::runtime::{self, Runtime};

use ledger::Broken;
use plan::Plan;

/// For how long new runs are begun where nothing else is said.
const BRIEFLY: Duration = Duration::from_secs(6);

/// How many runs go on beside each other: they mostly wait.
const BESIDE: u64 = 12;

/// For how long a smaller plan is looked for, and how often each is tried.
const SHRINKING: Duration = Duration::from_secs(60);
const ATTEMPTS: usize = 4;

/// A runtime for the server, and one for the agent, whose tasks are counted.
pub(crate) fn runtimes() -> (Runtime, Runtime) {
    let server = runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let agents = runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    (server, agents.expect("a runtime"))
}

#[test]
fn whatever_happens_every_assignation_ends_once_and_nothing_is_left() {
    let wanted: Option<u64> =
        std::env::var("REKUEST_STORM_RUNS").ok().map(|runs| runs.parse().expect("a number"));
    let seed = std::env::var("REKUEST_STORM_SEED").ok().map(|seed| seed.parse::<u64>().expect("a number"));
    let began = Instant::now();
    let begun = AtomicU64::new(0);
    let failures: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..BESIDE)
            .map(|thread| {
                let begun = &begun;
                scope.spawn(move || {
                    let seed = seed.map_or(RngSeed::Random, |seed| RngSeed::Fixed(seed + thread));
                    storm(seed, || {
                        let begun = begun.fetch_add(1, Ordering::Relaxed);
                        wanted.map_or(began.elapsed() < BRIEFLY, |wanted| begun < wanted)
                    })
                })
            })
            .collect();
        threads.into_iter().filter_map(|thread| thread.join().expect("no panic").err()).collect()
    });
    tally::report("random runs", began);
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// Runs plans, one after the other, for as long as there are to be more.
fn storm(rng_seed: RngSeed, more: impl Fn() -> bool) -> Result<(), String> {
    let mut runner = TestRunner::new(Config { rng_seed, ..Config::default() });
    let (server, agents) = runtimes();
    while more() {
        let tree = plan::plans().new_tree(&mut runner).map_err(|reason| reason.to_string())?;
        if let Err(broken) = server.block_on(run::run(&tree.current(), &agents)) {
            agents.shutdown_background();
            let (plan, broken) = smallest(tree, broken);
            return Err(format!("{broken}\nin {plan:?}"));
        }
    }
    Ok(())
}

/// The smallest plan that is found to fail, and how it does.
fn smallest(mut tree: impl ValueTree<Value = Plan>, broken: Broken) -> (Plan, Broken) {
    let mut smallest = (tree.current(), broken);
    let end = Instant::now() + SHRINKING;
    let mut goes_on = tree.simplify();
    while goes_on && Instant::now() < end {
        // What depends on timing need not show at the first attempt.
        let fails = (0..ATTEMPTS).find_map(|_| {
            let (server, agents) = runtimes();
            let ended = server.block_on(run::run(&tree.current(), &agents));
            agents.shutdown_background();
            ended.err()
        });
        goes_on = match fails {
            Some(broken) => {
                smallest = (tree.current(), broken);
                tree.simplify()
            }
            None => tree.complicate(),
        };
    }
    smallest
}
