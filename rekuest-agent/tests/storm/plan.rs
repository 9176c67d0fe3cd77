//! What happens in one run: generated, and made smaller by proptest when it fails.

use std::num::{NonZeroU32, NonZeroUsize};

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use rekuest_core::message::Capabilities;

use crate::functions::Behaviour;
use crate::proxy::Direction;

/// One run.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) traits: Traits,
    pub(crate) actions: Vec<Action>,
    pub(crate) end: End,
}

/// What stays the same during a run.
#[derive(Debug, Clone)]
pub(crate) struct Traits {
    pub(crate) capabilities: Capabilities,
    /// From INIT, or an answer that was worked, to the next HEARTBEAT, in milliseconds.
    pub(crate) heartbeat: u64,
    /// How long the server works on a frame, in milliseconds.
    pub(crate) works: u64,
    /// How much the server's end of a connection takes without reading.
    pub(crate) window: usize,
    /// Whether assignations are counted from 1 again after the server has lost its data.
    pub(crate) repeats_ids: bool,
    pub(crate) retention: Option<usize>,
    pub(crate) pace: Option<NonZeroU32>,
    pub(crate) concurrency: Option<NonZeroUsize>,
    pub(crate) threads: NonZeroUsize,
    /// In milliseconds.
    pub(crate) grace: u64,
    /// In milliseconds.
    pub(crate) silence: u64,
    /// How long running work may take once the agent is asked to end, in milliseconds.
    pub(crate) drain: u64,
    /// Before anything happens, functions are called so often that the agent takes them for quick.
    pub(crate) warms_up: bool,
}

/// How a run ends.
#[derive(Debug, Clone, Copy)]
pub(crate) enum End {
    /// Everything may finish, then the agent is asked to end.
    Quiet,
    /// The agent is asked to end while work runs, and has so many milliseconds for it.
    Abrupt(u64),
}

/// One thing that happens.
#[derive(Debug, Clone)]
pub(crate) enum Action {
    Assign {
        behaviour: Behaviour,
        items: u32,
        padding: usize,
        /// It is a child of an earlier one.
        child: bool,
        twice: bool,
    },
    Control(Control, Target),
    /// Lets one go on that waits.
    Release(usize),
    Wait(u64),
    /// The connection that is open is cut after so many more bytes of this direction.
    Cut(Cut),
    /// The next connection is cut after so many bytes.
    CutNext(Cut),
    /// Nothing goes through in this direction for so many milliseconds.
    Stall(Direction, u64),
    /// From now on, no more than so many bytes go through at once.
    Pieces(usize),
    Close(u16),
    Bounce(Option<u64>),
    /// Frames that no agent has to understand.
    Nonsense(u8),
    /// All sockets are gone, and what was not delivered but ASSIGNs.
    Restart(Capabilities),
    /// The same, and the data is gone too.
    LoseData(Capabilities),
    /// The next so many registrations fail.
    RefuseRegistrations(usize),
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Cut {
    pub(crate) direction: Direction,
    pub(crate) after: u64,
    /// With RST instead of FIN.
    pub(crate) resets: bool,
    /// What has arrived at the server and was not worked is lost too.
    pub(crate) loses_arrived: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Control {
    Cancel,
    Interrupt,
    Pause,
    Resume,
    Step,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Target {
    /// One that was assigned, ended or not.
    Known(usize),
    /// One that never was.
    Stranger(u8),
}

pub(crate) fn plans() -> impl Strategy<Value = Plan> {
    let end = prop_oneof![3 => Just(End::Quiet), 1 => (0..40_u64).prop_map(End::Abrupt)];
    (traits(), vec(action(), 1..60), end).prop_map(|(traits, actions, end)| Plan { traits, actions, end })
}

fn traits() -> impl Strategy<Value = Traits> {
    let retention = prop_oneof![4 => Just(None), 1 => (500..4_000_usize).prop_map(Some)];
    let pace = prop_oneof![
        4 => Just(None),
        1 => (100..600_u32).prop_map(NonZeroU32::new)
    ];
    let window = prop_oneof![Just(1 << 16), 64..2_000_usize];
    let limits = (option::weighted(0.2, 1..4_usize), prop_oneof![1..3_usize, Just(16)]).prop_map(
        |(concurrency, threads)| {
            (concurrency.and_then(NonZeroUsize::new), NonZeroUsize::new(threads).unwrap_or(NonZeroUsize::MIN))
        },
    );
    (
        capabilities(),
        (3..40_u64, prop_oneof![3 => Just(0_u64), 1 => 1..4_u64], window, any::<bool>()),
        (retention, pace, limits),
        (5..60_u64, prop_oneof![150..400_u64, Just(5_000)], prop::bool::weighted(0.3)),
    )
        .prop_map(
            |(capabilities, (heartbeat, works, window, repeats_ids), agent, (grace, silence, warms_up))| {
                let (retention, pace, (concurrency, threads)) = agent;
                Traits {
                    capabilities,
                    heartbeat,
                    works,
                    window,
                    repeats_ids,
                    retention,
                    pace,
                    concurrency,
                    threads,
                    grace,
                    silence,
                    drain: 20_000,
                    // Where it takes no time.
                    warms_up: warms_up && works == 0 && pace.is_none() && capabilities.unpaced,
                }
            },
        )
}

/// Without `unpaced` an agent takes seconds for what it is to say here, so it is announced nearly always.
fn capabilities() -> impl Strategy<Value = Capabilities> {
    (any::<bool>(), any::<bool>(), prop::bool::weighted(0.97)).prop_map(|(pause, interrupt, unpaced)| {
        let mut capabilities = Capabilities::default();
        (capabilities.pause, capabilities.interrupt, capabilities.unpaced) = (pause, interrupt, unpaced);
        capabilities
    })
}

fn action() -> impl Strategy<Value = Action> {
    let assign = (
        prop::sample::select(Behaviour::ALL),
        0..8_u32,
        prop_oneof![4 => 0..40_usize, 1 => 1_000..30_000_usize],
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.2),
    )
        .prop_map(|(behaviour, items, padding, child, twice)| Action::Assign {
            behaviour,
            items,
            padding,
            child,
            twice,
        });
    let control = prop::sample::select(
        &[
            Control::Cancel,
            Control::Cancel,
            Control::Interrupt,
            Control::Pause,
            Control::Resume,
            Control::Step,
        ][..],
    );
    let target = prop_oneof![
        6 => any::<usize>().prop_map(Target::Known),
        1 => any::<u8>().prop_map(Target::Stranger)
    ];
    let direction = || prop_oneof![Just(Direction::ToAgent), Just(Direction::ToServer)];
    let code = prop::sample::select(&[1000, 1001, 1011, 1012, 3001, 3003][..]);
    prop_oneof![
        24 => assign,
        12 => (control, target).prop_map(|(control, target)| Action::Control(control, target)),
        8 => any::<usize>().prop_map(Action::Release),
        14 => (0..25_u64).prop_map(Action::Wait),
        12 => cut().prop_map(Action::Cut),
        8 => cut().prop_map(Action::CutNext),
        2 => (direction(), 1..40_u64).prop_map(|(direction, time)| Action::Stall(direction, time)),
        2 => prop_oneof![1..8_usize, 8..300_usize].prop_map(Action::Pieces),
        1 => code.prop_map(Action::Close),
        1 => option::of(0..10_u64).prop_map(Action::Bounce),
        2 => any::<u8>().prop_map(Action::Nonsense),
        1 => capabilities().prop_map(Action::Restart),
        1 => capabilities().prop_map(Action::LoseData),
        1 => (1..3_usize).prop_map(Action::RefuseRegistrations),
    ]
}

fn cut() -> impl Strategy<Value = Cut> {
    let direction = prop_oneof![Just(Direction::ToAgent), Just(Direction::ToServer)];
    let after = prop_oneof![0..16_u64, 0..400_u64, 0..1_500_u64];
    (direction, after, any::<bool>(), any::<bool>())
        .prop_map(|(direction, after, resets, loses_arrived)| Cut { direction, after, resets, loses_arrived })
}
