//! Reservations: a caller's standing choice among the implementations of an action.

use serde::{Deserialize, Serialize};

use super::{Ided, Offering, operation};

/// Asks the server to hold a reservation. Of what names the action, one is sent.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reserve<'a> {
    /// The instance of the caller.
    pub instance_id: &'a str,
    /// The caller's own name for it.
    pub reference: &'a str,
    /// What people see of it.
    pub title: Option<&'a str>,
    /// The action, by its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<&'a str>,
    /// The one implementation, by its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub implementation: Option<&'a str>,
    /// To what it is bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub binds: Option<&'a Binds>,
}

/// To what a reservation is bound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Binds {
    /// The implementations that are meant, by their ids; all if there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub implementations: Vec<String>,
    /// The OAuth clients of the apps that are meant; all if there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub clients: Vec<String>,
    /// How many implementations have to be viable for it to be happy.
    pub desired_instances: u32,
}

/// How a call by a reservation gets its implementation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum ReservationStrategy {
    /// Any.
    Random,
    /// One after the other.
    RoundRobin,
    /// The one with the fewest calls.
    LeastBusy,
    /// The one that is fastest.
    LeastTime,
    /// The one on the machine with the least load.
    LeastLoad,
    /// It is of one implementation.
    Direct,
    /// Something that later servers say.
    #[serde(other)]
    Unknown,
}

/// A reservation as it is at one moment.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ReservationState {
    /// Its id.
    pub id: String,
    /// What people see of it.
    #[serde(default)]
    pub title: Option<String>,
    /// The caller's own name for it.
    pub reference: String,
    /// How a call by it gets its implementation.
    pub strategy: ReservationStrategy,
    /// Whether a call by it could run now.
    pub viable: bool,
    /// Whether as many implementations are there as it asks for.
    pub happy: bool,
    /// Since when it is so: a point in time as ISO 8601, in UTC.
    #[serde(default)]
    pub updated_at: Option<String>,
    /// The action that it is of.
    pub action: Ided,
    /// The implementations that could run a call by it.
    #[serde(default)]
    pub implementations: Vec<Offering>,
}

operation!(
    Reserve, "graphql/reserve.graphql", Reserve<'_>, "reserve", ReservationState, input: true, idempotent: false
);

/// Ends a reservation.
#[derive(Debug, Clone, Serialize)]
pub struct Unreserve<'a> {
    /// Its id.
    pub reservation: &'a str,
}

operation!(Unreserve, "graphql/unreserve.graphql", Unreserve<'_>, "unreserve", String, input: true, idempotent: true);

/// Asks for a reservation by its id.
#[derive(Debug, Clone, Serialize)]
pub struct ReservationById<'a> {
    /// The id.
    pub id: &'a str,
}

operation!(
    ReservationById, "graphql/reservation.graphql", ReservationById<'_>, "reservation", Option<ReservationState>,
    input: false, idempotent: true
);

/// Asks for the reservations that are held under the caller's identity and this instance.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MyReservations<'a> {
    /// The instance.
    pub instance_id: &'a str,
}

operation!(
    MyReservations, "graphql/my_reservations.graphql", MyReservations<'_>, "myreservations", Vec<ReservationState>,
    input: false, idempotent: true
);

/// Asks to be told of the reservations of this instance whenever one changes. A subscription: it goes over the websocket.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reservations<'a> {
    /// The instance.
    pub instance_id: &'a str,
}

operation!(
    Reservations, "graphql/reservations.graphql", Reservations<'_>, "reservations", ReservationState,
    input: false, idempotent: true
);
