//! The operations that are sent to a server, one type each: its fields are the variables, its
//! [`Data`](super::Operation::Data) what comes back.
//!
//! The documents stand in this crate's `graphql/` folder. Each is checked against the schema when the crate is compiled;
//! variables and data are types of our own, because arguments, returns and definitions pass through as the JSON that
//! they are. Beside [`rekuest_core::message`] this is the only place that spells the names of this generation of the
//! protocol.

mod agent;
mod assignation;
mod calling;
mod drawers;
mod finding;
mod listing;
mod reserving;
mod states;

pub use agent::{
    CreateImplementation, EnsureAgent, EnsuredAgent, RegisteredAction, RegisteredImplementation,
    RegisteredState, SetAgentStates, SetExtensionImplementations, StateImplementation, StateSchema,
    UpdateState,
};
pub use assignation::{
    AgentPresence, Assignation, AssignationAction, AssignationAgent, AssignationChange, AssignationCreated,
    AssignationEvent, AssignationState, Assignations, EventKind, OwnAssignations, RunBy,
};
pub use calling::{Assign, Cancel, Ided, Interrupt, Pause, Resume, Step};
pub use drawers::{ShelveInMemoryDrawer, UnshelveMemoryDrawer};
pub use finding::{
    ActionByHash, ActionById, ActionDescription, ActionMatching, AgentDescription, AgentOffer, FindAgents,
    FindImplementations, ImplementationDescription, OfferedInterface, Offering,
};
pub use listing::{
    ActionFilter, ActionFitting, ActionOrder, AgentFilter, ImplementationActionFilter,
    ImplementationAgentFilter, ImplementationAt, ImplementationFilter, ListActions, ListAgents,
    ListImplementations, ListedAction, ListedAgent, ListedImplementation, ListedState, MyImplementationAt,
    Pagination, PortDemand, PortSide, TextFilter,
};
pub use reserving::{
    Binds, MyReservations, ReservationById, ReservationState, ReservationStrategy, Reservations, Reserve,
    Unreserve,
};
pub use states::{AgentStates, FindStates, ReadState, ShownState, StateAgent, StateUpdateEvents, StateValue};

/// Checks a document against the schema and implements [`Operation`](super::Operation) for the type of its variables.
// Each run of rustfmt would move the attribute inside further to the right.
#[rustfmt::skip]
macro_rules! operation {
    (
        $name:ident, $file:tt, $type:ty, $field:literal, $data:ty, input: $input:literal, idempotent: $idempotent:literal
        $(, of: $parameter:ident)?
    ) => {
        impl$(<$parameter: serde::Serialize>)? $crate::graphql::Operation for $type {
            const NAME: &'static str = stringify!($name);
            const DOCUMENT: &'static str = {
                mod checked {
                    use graphql_client::GraphQLQuery;

                    #[derive(GraphQLQuery)]
                    #[graphql(
                        schema_path = "graphql/schema.graphql",
                        query_path = $file,
                        custom_scalars_module = "crate::graphql::scalars",
                        skip_serializing_none
                    )]
                    pub(super) struct $name;

                    /// The text of the document, which is the one that was checked.
                    pub(super) const DOCUMENT: &str = include_str!(concat!("../../../", $file));
                }
                let _ = checked::$name;
                checked::DOCUMENT
            };
            const FIELD: &'static str = $field;
            const INPUT: bool = $input;
            const IDEMPOTENT: bool = $idempotent;
            type Data = $data;
        }
    };
}
use operation;
