//! The enums of the interface, and their counterparts in the vocabulary and the store.

use async_graphql::resolver_utils::{EnumType, parse_enum};
use async_graphql::{Enum, Name, Result, Value};
use rekuest_core::message::LogLevel as Level;

use crate::state::assignations::{EventKind, InstructKind};
use crate::state::reservations::ReservationStrategy as Strategy;

/// Enums that have no data.
macro_rules! enums {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
        pub(super) enum $name { $($variant),* }
    )*};
}

enums! {
    /// The kind of a port.
    PortKind { Int String Structure List Bool Dict Float Date Union Enum Model MemoryStructure Interface }
    /// Whether an action yields once or many times.
    ActionKind { Function Generator }
    /// The kind of a widget that asks.
    AssignWidgetKind { Search Choice Slider Custom String StateChoice }
    /// The kind of a widget that shows.
    ReturnWidgetKind { Choice Custom }
    /// The kind of an effect.
    EffectKind { Message Hide Custom }
    /// Which side of an action is looked at.
    DemandKind { Args Returns }
    /// What is to run along with a call.
    HookKind { Cleanup Init }
    /// The order of a list.
    Ordering { Asc AscNullsFirst AscNullsLast Desc DescNullsFirst DescNullsLast }
    /// How an agent is reached.
    AgentKind { Websocket Webhook }
    /// How a call by a reservation gets its implementation.
    ReservationStrategy { Random RoundRobin LeastBusy Direct }
    /// Where an action can run.
    ActionScope { Global Local BridgeGlobalToLocal BridgeLocalToGlobal }
    /// How serious a log is.
    LogLevel { Debug Info Error Warn Critical }
    /// What happened to an assignation.
    AssignationEventKind {
        Bound Queued Assign Progress Delegate Disconnected Yield Done Log Canceling Cancelled Interupting Interupted
        Error Critical
    }
    /// What an agent was told.
    AssignationInstructKind { Assign Cancel Step Resume Pause Interrupt Collect }
}

/// The enum value of a name on the wire.
pub(super) fn named<E: EnumType + async_graphql::InputType>(name: &str) -> Result<E> {
    parse_enum(Value::Enum(Name::new(name)))
        .map_err(|error| error.into_server_error(Default::default()).into())
}

/// The name on the wire.
pub(super) fn name_of<E: EnumType>(value: E) -> &'static str {
    let item = E::items().iter().find(|item| item.value == value);
    item.map_or("", |item| item.name)
}

impl From<PortKind> for rekuest_core::PortKind {
    fn from(kind: PortKind) -> Self {
        match kind {
            PortKind::Int => Self::Int,
            PortKind::String => Self::String,
            PortKind::Structure => Self::Structure,
            PortKind::List => Self::List,
            PortKind::Bool => Self::Bool,
            PortKind::Dict => Self::Dict,
            PortKind::Float => Self::Float,
            PortKind::Date => Self::Date,
            PortKind::Union => Self::Union,
            PortKind::Enum => Self::Enum,
            PortKind::Model => Self::Model,
            PortKind::MemoryStructure => Self::MemoryStructure,
            PortKind::Interface => Self::Interface,
        }
    }
}

impl From<ActionKind> for rekuest_core::ActionKind {
    fn from(kind: ActionKind) -> Self {
        match kind {
            ActionKind::Function => Self::Function,
            ActionKind::Generator => Self::Generator,
        }
    }
}

impl From<rekuest_core::ActionKind> for ActionKind {
    fn from(kind: rekuest_core::ActionKind) -> Self {
        if kind == rekuest_core::ActionKind::Generator { Self::Generator } else { Self::Function }
    }
}

impl From<Strategy> for ReservationStrategy {
    fn from(strategy: Strategy) -> Self {
        match strategy {
            Strategy::LeastBusy => Self::LeastBusy,
            Strategy::RoundRobin => Self::RoundRobin,
            Strategy::Random => Self::Random,
        }
    }
}

impl From<Level> for LogLevel {
    fn from(level: Level) -> Self {
        match level {
            Level::Debug => Self::Debug,
            Level::Info => Self::Info,
            Level::Warn => Self::Warn,
            Level::Error => Self::Error,
            Level::Critical => Self::Critical,
        }
    }
}

impl From<EventKind> for AssignationEventKind {
    fn from(kind: EventKind) -> Self {
        match kind {
            EventKind::Assign => Self::Assign,
            EventKind::Progress => Self::Progress,
            EventKind::Delegate => Self::Delegate,
            EventKind::Disconnected => Self::Disconnected,
            EventKind::Yield => Self::Yield,
            EventKind::Done => Self::Done,
            EventKind::Log => Self::Log,
            EventKind::Canceling => Self::Canceling,
            EventKind::Cancelled => Self::Cancelled,
            EventKind::Interupting => Self::Interupting,
            EventKind::Interupted => Self::Interupted,
            EventKind::Error => Self::Error,
            EventKind::Critical => Self::Critical,
        }
    }
}

impl From<InstructKind> for AssignationInstructKind {
    fn from(kind: InstructKind) -> Self {
        match kind {
            InstructKind::Assign => Self::Assign,
            InstructKind::Cancel => Self::Cancel,
            InstructKind::Step => Self::Step,
            InstructKind::Resume => Self::Resume,
            InstructKind::Pause => Self::Pause,
            InstructKind::Interrupt => Self::Interrupt,
        }
    }
}
