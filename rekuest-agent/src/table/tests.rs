use std::collections::BTreeSet;
use std::sync::mpsc;
use std::thread;

use futures_util::FutureExt as _;
use rekuest_client::{Access, Endpoints, Graphql};
use rekuest_core::message::Assign;
use rekuest_core::{Contexts, Function, Hooks, Host as _, Registry};
use serde_json::value::RawValue;

use super::*;
use crate::composition::{Composition, Extensions};
use crate::metrics::FunctionMeters;
use crate::shelf::Drawers;
use crate::workshop::{Provided, Workshop};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// An agent's workshop without functions: its table, and what work needs.
pub(super) fn workshop(retention: (usize, Duration)) -> Arc<Workshop> {
    let endpoints = Endpoints::from_base("http://localhost").expect("endpoints");
    let graphql = Graphql::new(Arc::new(Access::new(endpoints, "token")));
    let drawers = Drawers::new(graphql, "default".to_owned(), None);
    let settings = Settings { retention, pace: Pace::Unlimited, ..Settings::default() };
    let nothing = Extensions::new(Registry::new());
    let nothing =
        Composition::new(nothing, &Hooks::new(), Contexts::default()).expect("nothing fits together");
    Workshop::open(&nothing, &settings, drawers).expect("threads")
}

/// An assignation of an async function that needs these lanes.
pub(super) fn work(workshop: &Arc<Workshop>, id: &str, lanes: &[LaneId]) -> Arc<Work> {
    let function = Function::future("one", [], || std::future::ready(1_i64));
    let provided = Provided {
        function,
        extension: "default".to_owned(),
        generator: true,
        lanes: lanes.into(),
        meters: FunctionMeters::new("one"),
        quickness: Default::default(),
    };
    let args = RawValue::from_string("{}".to_owned()).expect("JSON");
    Work::new(workshop, &Arc::new(provided), Assign::new("one", id, args))
}

/// A table with a connection, and a way to admit work.
struct Bench(Arc<Workshop>);

impl Bench {
    fn new() -> Self {
        Self::keeping(16 << 20)
    }

    fn keeping(bytes: usize) -> Self {
        let bench = Self(workshop((bytes, DAY)));
        bench.connected(&[]);
        bench
    }

    fn connected(&self, inquiries: &[&str]) -> Vec<String> {
        let inquiries: Vec<String> = inquiries.iter().map(|&id| id.to_owned()).collect();
        self.table.connected(&inquiries, Capabilities::ALL).0
    }

    /// Admits one, which is said.
    fn admit(&self, id: &str) -> Arc<Work> {
        let work = work(&self.0, id, &[]);
        assert_eq!(self.table.admit(&work), Admission::Starts);
        work
    }

    async fn yields(&self, work: &Work, returns: &str) {
        self.table.yields(work, yielded(work.id(), returns)).await;
    }

    async fn ends(&self, work: &Work) -> bool {
        self.table.ends(work, None, &Ending::Done).await
    }

    /// What the writer would send now.
    async fn frames(&self) -> Vec<String> {
        let mut batch = Batch::default();
        self.table.next_batch(&mut batch).await;
        batch.drain().map(|frame| frame.as_str().to_owned()).collect()
    }

    /// The same, as types.
    async fn sent(&self) -> Vec<&'static str> {
        let frames = self.frames().await;
        frames.iter().map(|frame| FromAgent::parse(frame).expect("our own frame").kind()).collect()
    }

    fn has_nothing_to_send(&self) -> bool {
        self.sent().now_or_never().is_none()
    }
}

impl std::ops::Deref for Bench {
    type Target = Workshop;

    fn deref(&self) -> &Workshop {
        &self.0
    }
}

fn yielded(id: &str, returns: &str) -> String {
    let returns = RawValue::from_string(returns.to_owned()).expect("JSON");
    Says::Yield(Some(&returns)).to_json(Uuid::new_v4(), id)
}

#[tokio::test]
async fn an_assignation_ends_once() {
    let bench = Bench::new();
    let work = bench.admit("1");
    assert!(bench.ends(&work).await);
    assert!(!bench.ends(&work).await);
    assert!(!bench.table.ends(&work, Some(yielded("1", "{}")), &Ending::Cancelled).await);
    bench.table.cancel("1");
    bench.table.interrupt("1");
    bench.table.end_unrun("1", &Ending::Done);
    bench.table.finished(&work);
    assert_eq!(bench.sent().await, ["PROGRESS", "DONE"]);
    assert!(bench.has_nothing_to_send());
}

#[tokio::test]
async fn code_that_is_gone_without_a_word_was_cancelled() {
    let bench = Bench::new();
    let work = bench.admit("1");
    bench.table.finished(&work);
    assert_eq!(bench.sent().await, ["PROGRESS", "CANCELLED"]);
    assert_eq!(bench.table.open(), 0);
}

#[tokio::test]
async fn a_known_assignation_is_not_admitted_again_not_even_once_it_is_settled() {
    let bench = Bench::new();
    let known = bench.admit("1");
    let again = work(&bench.0, "1", &[]);
    assert_eq!(bench.table.admit(&again), Admission::Known);
    bench.ends(&known).await;
    assert_eq!(bench.table.admit(&again), Admission::Known);
    assert_eq!(bench.sent().await, ["PROGRESS", "DONE"]);
    bench.table.heartbeat();
    assert_eq!(bench.sent().await, ["HEARTBEAT_ANSWER"]);
    bench.table.heartbeat();
    assert!(bench.table.is_empty());
    assert_eq!(bench.table.admit(&again), Admission::Known);
}

#[tokio::test]
async fn the_answer_to_a_heartbeat_overtakes_everything() {
    let bench = Bench::new();
    let work = bench.admit("1");
    bench.yields(&work, "{}").await;
    bench.table.heartbeat();
    assert_eq!(bench.sent().await, ["HEARTBEAT_ANSWER", "PROGRESS", "YIELD"]);
}

#[tokio::test]
async fn unconfirmed_events_are_sent_again_in_order_with_the_same_frames() {
    let bench = Bench::new();
    let work = bench.admit("1");
    bench.yields(&work, "{\"return0\":1}").await;
    let first = bench.frames().await;
    bench.table.disconnected();
    bench.yields(&work, "{\"return0\":2}").await;
    bench.ends(&work).await;
    assert!(bench.has_nothing_to_send());

    assert!(bench.connected(&["1"]).is_empty());
    let again = bench.frames().await;
    assert_eq!(again.len(), 3);
    assert_eq!(again[0], first[1]);
    assert!(again[1].contains("\"return0\":2"));
    assert!(again[2].contains("DONE"));
}

#[tokio::test]
async fn what_a_heartbeat_confirmed_is_not_sent_again() {
    let bench = Bench::new();
    let work = bench.admit("1");
    bench.yields(&work, "{\"return0\":1}").await;
    assert_eq!(bench.sent().await, ["PROGRESS", "YIELD"]);
    bench.table.heartbeat();
    assert_eq!(bench.sent().await, ["HEARTBEAT_ANSWER"]);
    bench.yields(&work, "{\"return0\":2}").await;
    assert_eq!(bench.sent().await, ["YIELD"]);
    // Confirms the first, which was written before the answer, and not the second.
    bench.table.heartbeat();
    bench.table.disconnected();
    bench.connected(&["1"]);
    let again = bench.frames().await;
    assert_eq!(again.len(), 2);
    assert!(again[0].contains("\"return0\":2"), "{again:?}");
    assert!(again[1].contains("Still running"), "{again:?}");
}

#[tokio::test]
async fn a_heartbeat_of_a_former_connection_confirms_nothing() {
    let bench = Bench::new();
    let work = bench.admit("1");
    bench.ends(&work).await;
    bench.sent().await;
    bench.table.heartbeat();
    assert_eq!(bench.sent().await, ["HEARTBEAT_ANSWER"]);
    bench.table.disconnected();
    bench.connected(&["1"]);
    assert_eq!(bench.sent().await, ["DONE"]);
    bench.table.heartbeat();
    assert!(!bench.table.is_empty());
}

#[tokio::test]
async fn what_the_server_does_not_ask_about_is_settled() {
    let bench = Bench::new();
    let (ended, running) = (bench.admit("ended"), bench.admit("running"));
    bench.ends(&ended).await;
    bench.table.disconnected();
    bench.connected(&[]);
    assert!(bench.has_nothing_to_send());
    // The server does not know the running one any more; an event of it would be an error there.
    bench.yields(&running, "{}").await;
    bench.ends(&running).await;
    assert!(bench.has_nothing_to_send());
    assert!(bench.table.is_empty());
}

#[tokio::test]
async fn a_forgotten_assignation_that_missed_a_yield_does_not_end_well_when_it_is_asked_about_again() {
    let bench = Bench::new();
    let work = bench.admit("1");
    bench.table.disconnected();
    bench.connected(&[]);
    bench.yields(&work, "{}").await;
    bench.table.disconnected();
    bench.connected(&["1"]);
    bench.ends(&work).await;
    assert_eq!(bench.sent().await, ["PROGRESS", "CRITICAL"]);
}

#[tokio::test]
async fn unknown_inquiries_are_named_and_settled_ones_are_answered() {
    let bench = Bench::new();
    let work = bench.admit("settled");
    bench.ends(&work).await;
    bench.table.disconnected();
    bench.connected(&[]);
    bench.table.disconnected();
    assert_eq!(bench.connected(&["7", "settled"]), ["7"]);
    assert_eq!(bench.sent().await, ["CRITICAL"]);
    bench.admit("7");
    // It came in time.
    bench.table.lost("7");
    assert_eq!(bench.sent().await, ["PROGRESS"]);
}

#[tokio::test]
async fn cancel_of_an_id_that_never_ran_here_is_answered_once() {
    let bench = Bench::new();
    bench.table.cancel("9");
    bench.table.cancel("9");
    assert_eq!(bench.sent().await, ["CANCELLED"]);
    assert!(bench.has_nothing_to_send());
}

#[tokio::test]
async fn cancelled_before_its_first_step_it_does_not_run() {
    let bench = Bench::new();
    let begun = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let begins = Arc::clone(&begun);
    let function = Function::future("one", [], move || {
        begins.store(true, std::sync::atomic::Ordering::SeqCst);
        std::future::ready(1_i64)
    });
    let provided = Provided {
        function,
        extension: "default".to_owned(),
        generator: false,
        lanes: [].into(),
        meters: FunctionMeters::new("one"),
        quickness: Default::default(),
    };
    let args = RawValue::from_string("{}".to_owned()).expect("JSON");
    let work = Work::new(&bench.0, &Arc::new(provided), Assign::new("one", "1", args));
    bench.table.admit(&work);
    bench.table.cancel("1");
    crate::work::run(work).await;
    assert_eq!(bench.sent().await, ["PROGRESS", "CANCELLED"]);
    assert!(!begun.load(std::sync::atomic::Ordering::SeqCst));
}

#[tokio::test]
async fn draining_refuses_new_work() {
    let bench = Bench::new();
    bench.table.drain();
    assert_eq!(bench.table.admit(&work(&bench.0, "1", &[])), Admission::Refused);
}

#[tokio::test]
async fn unconfirmed_events_stay_within_their_bound() {
    const BYTES: usize = 100_000;
    let bench = Bench::keeping(BYTES);
    for number in 0..5_000 {
        let work = bench.admit(&number.to_string());
        bench.ends(&work).await;
        if number % 100 == 99 {
            bench.frames().await;
        }
    }
    // What was taken last is not with the socket yet.
    while !bench.has_nothing_to_send() {}
    let counts = bench.table.counts();
    assert!(counts.kept_bytes <= BYTES && counts.kept_events > 100, "{counts:?}");
}

#[tokio::test]
async fn what_has_ended_is_not_remembered_for_ever() {
    let bench = Bench::new();
    for number in 0..3 * REMEMBERED {
        let work = bench.admit(&number.to_string());
        bench.ends(&work).await;
        if number % 500 == 0 {
            bench.table.heartbeat();
            while !bench.has_nothing_to_send() {}
        }
    }
    assert!(bench.table.lock().entries.len() < REMEMBERED + 5_000, "{}", bench.table.lock().entries.len());
}

#[tokio::test]
async fn what_was_not_handed_to_the_socket_is_not_given_up_however_large_it_is() {
    let bench = Bench::keeping(1_000);
    let work = bench.admit("1");
    let large = format!("{{\"return0\":\"{}\"}}", "x".repeat(400_000));
    bench.yields(&work, &large).await;
    bench.ends(&work).await;
    assert_eq!(bench.sent().await, ["PROGRESS", "YIELD"]);
    // Cut before the writer came back for more.
    bench.table.disconnected();
    bench.connected(&["1"]);
    assert_eq!(bench.sent().await, ["YIELD"]);
    assert_eq!(bench.sent().await, ["DONE"]);
}

#[tokio::test]
async fn a_yield_waits_for_room_until_its_assignation_ends() {
    let bench = Bench::keeping(1_000);
    let work = bench.admit("1");
    bench.yields(&work, &format!("{{\"return0\":\"{}\"}}", "x".repeat(2_000))).await;
    assert!(bench.yields(&work, "{}").now_or_never().is_none());
    bench.table.interrupt("1");
    assert!(bench.yields(&work, "{}").now_or_never().is_some());
    assert_eq!(bench.sent().await, ["PROGRESS", "YIELD", "INTERRUPTED"]);
}

#[tokio::test]
async fn what_was_returned_waits_for_room_until_it_is_cancelled() {
    let bench = Bench::keeping(1_000);
    let (full, work) = (bench.admit("full"), bench.admit("1"));
    bench.yields(&full, &format!("{{\"return0\":\"{}\"}}", "x".repeat(2_000))).await;
    let mut ends = Box::pin(bench.table.ends(&work, Some(yielded("1", "{}")), &Ending::Done));
    assert!(ends.as_mut().now_or_never().is_none());
    bench.table.cancel("1");
    assert_eq!(ends.now_or_never(), Some(true));
    assert_eq!(bench.sent().await, ["PROGRESS", "PROGRESS", "YIELD", "CANCELLED"]);
}

#[tokio::test]
async fn a_batch_that_is_being_written_is_not_flushed() {
    let bench = Bench::new();
    let work = bench.admit("1");
    bench.ends(&work).await;
    assert_eq!(bench.sent().await, ["PROGRESS", "DONE"]);
    assert!(bench.table.flushed().now_or_never().is_none());
    assert!(bench.has_nothing_to_send());
    assert!(bench.table.flushed().now_or_never().is_some());
}

#[tokio::test]
async fn what_waits_does_not_grow_with_how_often_progress_is_made() {
    let bench = Bench::new();
    let works: Vec<_> = (0..10).map(|id| bench.admit(&id.to_string())).collect();
    for percent in 0..10_000 {
        for work in &works {
            work.progress(Some(percent % 100), None);
        }
    }
    let waiting = bench.table.counts().waiting_events;
    assert!(waiting < 5_000, "{waiting} wait");
    let mut newest = BTreeSet::new();
    while let Some(frames) = bench.frames().now_or_never() {
        newest.extend(frames.into_iter().filter(|frame| frame.contains("\"progress\":99")));
    }
    assert!(newest.len() >= works.len(), "each has told its newest");
}

#[tokio::test]
async fn large_logs_are_dropped_before_they_fill_the_memory() {
    let bench = Bench::new();
    let work = bench.admit("1");
    for _ in 0..1_000 {
        work.log(LogLevel::Info, "x".repeat(60_000));
    }
    let counts = bench.table.counts();
    assert!(counts.waiting_events < 200 && counts.dropped_logs > 800, "{counts:?}");
    while !bench.has_nothing_to_send() {}
    work.log(LogLevel::Info, "short".to_owned());
    assert_eq!(bench.sent().await, ["LOG", "LOG"], "one says what is missing");
}

#[test]
fn breakpoints_and_new_connections_do_not_block_each_other() {
    const TIMES: usize = 3_000;
    let bench = Arc::new(Bench::new());
    let work = bench.admit("1");
    let (done, ended) = mpsc::channel();
    let run = |what: &'static str, act: fn(&Bench, &Work)| {
        let (bench, work, done) = (Arc::clone(&bench), Arc::clone(&work), done.clone());
        // Not joined: threads that wait for each other would keep the test.
        thread::spawn(move || {
            act(&bench, &work);
            done.send(what).expect("somebody waits");
        });
    };
    run("the function", |bench, work| {
        (0..TIMES).for_each(|_| pollster::block_on(work.breakpoint()));
        bench.table.interrupt("1");
    });
    run("PAUSE and RESUME", |bench, work| {
        while !work.is_over() {
            bench.table.pause("1");
            bench.table.step("1");
            bench.table.resume("1");
        }
    });
    run("connections", |bench, work| {
        while !work.is_over() {
            bench.connected(&["1"]);
            bench.table.disconnected();
        }
    });
    for _ in 0..3 {
        ended.recv_timeout(Duration::from_secs(20)).expect("they wait for each other");
    }
}
