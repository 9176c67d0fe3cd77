//! The functions that the agent of a run serves: one for each way in which a function can behave.

use std::convert::Infallible;
use std::io;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use futures_util::future::BoxFuture;
use futures_util::stream;
use rekuest_core::definition::DefinitionParts;
use rekuest_core::message::LogLevel;
use rekuest_core::{
    ActionKind, Contexts, Definition, Execution, Failure, Function, Implementation, Invocation, Location,
    Registry, Returns, Task,
};

use crate::stage::{Entered, Stage};

/// How a function behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Behaviour {
    /// Async, ends at once.
    Instant,
    /// Async, ends when it is released.
    Waits,
    /// Async, yields its items.
    Counts,
    /// Async, yields its items, and waits in the middle.
    CountsAndWaits,
    /// Blocking, yields its items.
    Iterates,
    /// Blocking, ends when it is released or cancelled.
    Blocks,
    /// Blocking, ends when it is released, whatever is said to it.
    Stubborn,
    Panics,
    PanicsBlocking,
    Fails,
    /// One runs at a time.
    Grouped,
    /// Of the same group, blocking.
    GroupedBlocking,
    /// Two run at a time.
    Limited,
    /// A breakpoint before each item.
    Breaks,
    BreaksBlocking,
    /// A log and a progress for each item.
    Chatty,
    /// Waits for something that it has started beside itself.
    Parent,
    /// Its argument does not fit.
    Misfit,
    /// There is no such function.
    Unknown,
}

impl Behaviour {
    pub(crate) const ALL: &[Self] = &[
        Self::Instant,
        Self::Waits,
        Self::Counts,
        Self::CountsAndWaits,
        Self::Iterates,
        Self::Blocks,
        Self::Stubborn,
        Self::Panics,
        Self::PanicsBlocking,
        Self::Fails,
        Self::Grouped,
        Self::GroupedBlocking,
        Self::Limited,
        Self::Breaks,
        Self::BreaksBlocking,
        Self::Chatty,
        Self::Parent,
        Self::Misfit,
        Self::Unknown,
    ];

    pub(crate) fn interface(self) -> &'static str {
        match self {
            Self::Instant => "instant",
            Self::Waits => "waits",
            Self::Counts => "counts",
            Self::CountsAndWaits => "counts_and_waits",
            Self::Iterates => "iterates",
            Self::Blocks => "blocks",
            Self::Stubborn => "stubborn",
            Self::Panics => "panics",
            Self::PanicsBlocking => "panics_blocking",
            Self::Fails => "fails",
            Self::Grouped => "grouped",
            Self::GroupedBlocking => "grouped_blocking",
            Self::Limited => "limited",
            Self::Breaks => "breaks",
            Self::BreaksBlocking => "breaks_blocking",
            Self::Chatty => "chatty",
            Self::Parent => "parent",
            Self::Misfit => "misfit",
            Self::Unknown => "unknown",
        }
    }

    pub(crate) fn is_blocking(self) -> bool {
        matches!(
            self,
            Self::Iterates
                | Self::Blocks
                | Self::Stubborn
                | Self::PanicsBlocking
                | Self::GroupedBlocking
                | Self::BreaksBlocking
        )
    }

    pub(crate) fn is_generator(self) -> bool {
        matches!(self, Self::Counts | Self::CountsAndWaits | Self::Iterates)
    }

    /// How it ends where nobody interferes.
    pub(crate) fn own_end(self) -> &'static str {
        match self {
            Self::Panics | Self::PanicsBlocking | Self::Fails | Self::Unknown => "CRITICAL",
            Self::Misfit => "ERROR",
            _ => "DONE",
        }
    }

    fn implementation(self) -> Option<Implementation> {
        let handler = match self {
            Self::Instant => instant,
            Self::Waits | Self::Grouped | Self::Limited => waits,
            Self::Counts => counts,
            Self::CountsAndWaits => counts_and_waits,
            Self::Iterates => iterates,
            Self::Blocks => blocks,
            Self::Stubborn | Self::GroupedBlocking => stubborn,
            Self::Panics | Self::PanicsBlocking => panics,
            Self::Fails => fails,
            Self::Breaks => breaks,
            Self::BreaksBlocking => breaks_blocking,
            Self::Chatty => chatty,
            Self::Parent => parent,
            Self::Misfit => misfit,
            Self::Unknown => return None,
        };
        let kind = if self.is_generator() { ActionKind::Generator } else { ActionKind::Function };
        Some(Implementation {
            interface: self.interface(),
            definition: Definition::of(DefinitionParts {
                name: self.interface(),
                kind,
                returns: <String as Returns>::PORTS,
                ..DefinitionParts::NOTHING
            }),
            handler,
            execution: if self.is_blocking() { Execution::Blocking } else { Execution::Async },
            concurrency: NonZeroUsize::new(2).filter(|_| self == Self::Limited),
            group: Some("stage").filter(|_| matches!(self, Self::Grouped | Self::GroupedBlocking)),
            needs: &[],
            ungrouped: false,
            dependencies: &[],
            location: Location { file: file!(), line: line!() },
        })
    }
}

/// All functions. What they are made of lives as long as the process: they are constants elsewhere.
pub(crate) fn registry() -> Registry {
    static ALL: std::sync::LazyLock<Vec<Implementation>> =
        std::sync::LazyLock::new(|| Behaviour::ALL.iter().filter_map(|one| one.implementation()).collect());
    let mut registry = Registry::new();
    for implementation in ALL.iter() {
        registry.add(Function::from(implementation)).expect("a function");
    }
    registry
}

/// What the functions find the stage with; counts how often it was dropped.
pub(crate) fn contexts(stage: &Arc<Stage>, freed: Arc<std::sync::atomic::AtomicUsize>) -> Contexts {
    let mut contexts = Contexts::default();
    contexts.insert(Shared { stage: Arc::clone(stage), freed });
    contexts
}

struct Shared {
    stage: Arc<Stage>,
    freed: Arc<std::sync::atomic::AtomicUsize>,
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.freed.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    }
}

type Running = BoxFuture<'static, Result<(), Failure>>;

/// One call of one of them.
struct Call {
    invocation: Invocation,
    stage: Arc<Stage>,
    serial: u64,
    items: u64,
    padding: String,
    // Dropped last: then nothing of the call is left.
    _entered: Entered,
}

impl Call {
    async fn of(invocation: Invocation) -> Result<Self, Failure> {
        let contexts = invocation.contexts().clone();
        let arguments = invocation.arguments()?;
        let read =
            async |key: &str| arguments.expand::<u64>(key, &contexts).await.map_err(Failure::Arguments);
        let (serial, items, padding) = (read("serial").await?, read("items").await?, read("padding").await?);
        let shared = contexts.get::<Shared>().expect("the stage");
        let stage = Arc::clone(&shared.stage);
        let padding = "x".repeat(usize::try_from(padding).unwrap_or_default());
        let entered = stage.enter(serial);
        Ok(Self { invocation, stage, serial, items, padding, _entered: entered })
    }

    fn task(&self) -> Task {
        self.invocation.task()
    }

    fn item(&self, number: u64) -> String {
        format!("{number}:{}", self.padding)
    }

    /// The function returns.
    async fn returns(&self) -> Result<(), Failure> {
        self.stage.ends(self.serial);
        self.invocation.finish(self.item(0)).await
    }

    /// It runs where it keeps nobody from their thread.
    fn may_block(&self) {
        assert_eq!(thread::current().name(), Some("rekuest-blocking"), "the thread of call {}", self.serial);
    }

    async fn waits(&self) {
        self.stage.released(self.serial).await;
    }
}

fn instant(invocation: Invocation) -> Running {
    Box::pin(async move { Call::of(invocation).await?.returns().await })
}

fn waits(invocation: Invocation) -> Running {
    Box::pin(async move {
        let call = Call::of(invocation).await?;
        call.waits().await;
        call.returns().await
    })
}

fn counts(invocation: Invocation) -> Running {
    Box::pin(async move { count(Call::of(invocation).await?, false).await })
}

fn counts_and_waits(invocation: Invocation) -> Running {
    Box::pin(async move { count(Call::of(invocation).await?, true).await })
}

async fn count(call: Call, waits: bool) -> Result<(), Failure> {
    let invocation = call.invocation.clone();
    let items = stream::unfold((0, call), move |(number, call)| async move {
        if waits && number == call.items / 2 {
            call.waits().await;
        }
        if number == call.items {
            call.stage.ends(call.serial);
            return None;
        }
        if number % 3 == 2 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Some((call.item(number), (number + 1, call)))
    });
    invocation.stream(Ok::<_, Infallible>(items)).await
}

fn iterates(invocation: Invocation) -> Running {
    Box::pin(async move {
        let call = Call::of(invocation).await?;
        call.may_block();
        let mut number = 0;
        let items = std::iter::from_fn(|| {
            if number == call.items {
                call.stage.ends(call.serial);
                return None;
            }
            number += 1;
            Some(call.item(number - 1))
        });
        call.invocation.iterate(Ok::<_, Infallible>(items))
    })
}

fn blocks(invocation: Invocation) -> Running {
    Box::pin(async move {
        let call = Call::of(invocation).await?;
        call.may_block();
        let task = call.task();
        while !call.stage.is_released(call.serial) {
            if task.check().is_err() {
                return call.invocation.finish(Err::<String, _>(io::Error::other("cancelled"))).await;
            }
            thread::sleep(Duration::from_millis(1));
        }
        call.returns().await
    })
}

fn stubborn(invocation: Invocation) -> Running {
    Box::pin(async move {
        let call = Call::of(invocation).await?;
        call.may_block();
        while !call.stage.is_released(call.serial) {
            thread::sleep(Duration::from_millis(1));
        }
        call.returns().await
    })
}

fn panics(invocation: Invocation) -> Running {
    Box::pin(async move {
        let call = Call::of(invocation).await?;
        // As a panic does, without what it prints.
        std::panic::resume_unwind(Box::new(format!("call {}", call.serial)))
    })
}

fn fails(invocation: Invocation) -> Running {
    Box::pin(async move {
        let call = Call::of(invocation).await?;
        call.invocation.finish(Err::<String, _>(io::Error::other("not today"))).await
    })
}

fn breaks(invocation: Invocation) -> Running {
    Box::pin(async move {
        let call = Call::of(invocation).await?;
        for _ in 0..call.items {
            call.task().breakpoint().await;
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        call.returns().await
    })
}

fn breaks_blocking(invocation: Invocation) -> Running {
    Box::pin(async move {
        let call = Call::of(invocation).await?;
        call.may_block();
        for _ in 0..call.items {
            if call.task().blocking_breakpoint().is_err() {
                return call.invocation.finish(Err::<String, _>(io::Error::other("cancelled"))).await;
            }
            thread::sleep(Duration::from_millis(1));
        }
        call.returns().await
    })
}

fn chatty(invocation: Invocation) -> Running {
    Box::pin(async move {
        let call = Call::of(invocation).await?;
        let task = call.task();
        for number in 0..u32::try_from(call.items).unwrap_or_default() {
            task.log(LogLevel::Info, call.item(u64::from(number)));
            task.progress(number * 10, "on the way");
            tokio::task::yield_now().await;
        }
        call.returns().await
    })
}

fn parent(invocation: Invocation) -> Running {
    Box::pin(async move {
        let call = Call::of(invocation).await?;
        let (stage, serial) = (Arc::clone(&call.stage), call.serial);
        let child = call.task().spawn(async move {
            let _entered = stage.enter_child(serial);
            stage.released(serial).await;
        });
        let beside = call.task().spawn_blocking(|| rekuest_core::task::current().is_ok());
        let _ = child.await;
        assert_eq!(beside.await, Ok(true), "blocking work beside a function knows its task");
        call.returns().await
    })
}

fn misfit(invocation: Invocation) -> Running {
    Box::pin(async move {
        let contexts = invocation.contexts().clone();
        let arguments = invocation.arguments()?;
        arguments.expand::<bool>("misfit", &contexts).await.map(drop).map_err(Failure::Arguments)
    })
}
