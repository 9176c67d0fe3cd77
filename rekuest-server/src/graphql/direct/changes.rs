//! The subscription to what happens to calls, from a change to the text of its response.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::parser::types::{Field, OperationDefinition};
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::assign::{CallField, call};
use super::selection::{Fields, fields, key, object, plain, quoted, root, text};
use crate::graphql::enums::{AssignationEventKind, LogLevel, name_of};
use crate::graphql::subscription::{Lagged, live};
use crate::state::Store;
use crate::state::assignations::{Change, Event};
use crate::state::registries::Registry;

/// Responses, as JSON.
pub(crate) type Payloads = BoxStream<'static, String>;

/// The plan of a subscription to `assignations`.
pub(super) struct Changes {
    variable: String,
    shape: Arc<Shape>,
}

struct Shape {
    key: String,
    change: Fields<ChangeField>,
}

enum ChangeField {
    Create(Fields<CallField>),
    Event(Fields<EventField>),
}

enum EventField {
    Id,
    Kind,
    Returns,
    Reference,
    Message,
    Progress,
    Level,
    CreatedAt,
    Assignation(Fields<CallField>),
}

impl ChangeField {
    fn of(field: &Field) -> Option<Self> {
        let level = &field.selection_set.node;
        match field.name.node.as_str() {
            "create" => fields(level, CallField::of).map(Self::Create),
            "event" => fields(level, EventField::of).map(Self::Event),
            _ => None,
        }
    }
}

impl EventField {
    fn of(field: &Field) -> Option<Self> {
        let level = &field.selection_set.node;
        if field.name.node == "assignation" {
            return fields(level, CallField::of).map(Self::Assignation);
        }
        if !level.items.is_empty() {
            return None;
        }
        Some(match field.name.node.as_str() {
            "id" => Self::Id,
            "kind" => Self::Kind,
            "returns" => Self::Returns,
            "reference" => Self::Reference,
            "message" => Self::Message,
            "progress" => Self::Progress,
            "level" => Self::Level,
            "createdAt" => Self::CreatedAt,
            _ => return None,
        })
    }

    fn write(&self, event: &Event, out: &mut String) {
        match self {
            Self::Id => quoted(event.id, out),
            Self::Kind => quoted(name_of(AssignationEventKind::from(event.kind)), out),
            Self::Level => quoted(name_of(LogLevel::from(event.level)), out),
            Self::CreatedAt => quoted(event.created_at, out),
            Self::Progress => match event.progress {
                Some(progress) => plain(progress, out),
                None => text(None, out),
            },
            Self::Returns => plain(event.returns.as_deref().unwrap_or(RawValue::NULL), out),
            Self::Reference => text(Some(&event.assignation.reference), out),
            Self::Message => text(event.message.as_deref(), out),
            Self::Assignation(fields) => call(fields, &event.assignation, out),
        }
    }
}

impl Changes {
    pub(super) fn plan(operation: &OperationDefinition) -> Option<Self> {
        let root = root(operation, "assignations", "instanceId", "InstanceId!")?;
        let change = fields(&root.field.selection_set.node, ChangeField::of)?;
        let shape = Arc::new(Shape { key: key(root.field), change });
        Some(Self { variable: root.variable.to_owned(), shape })
    }

    pub(super) fn subscribe(
        &self,
        store: &Store,
        caller: &Arc<Registry>,
        variables: Option<&RawValue>,
        lagged: &Lagged,
    ) -> Option<Payloads> {
        let variables: HashMap<&str, Text> = serde_json::from_str(variables?.get()).ok()?;
        let Text(instance_id) = variables.get(&*self.variable)?;
        let changes = store.subscribe(caller, instance_id);
        let shape = Arc::clone(&self.shape);
        Some(live(Some(lagged.clone()), changes, move |change| Some(shape.payload(&change))).boxed())
    }
}

#[derive(Deserialize)]
struct Text(String);

impl Shape {
    fn payload(&self, change: &Change) -> String {
        let mut out = String::with_capacity(256);
        out.push_str("{\"data\":{");
        out.push_str(&self.key);
        object(&self.change, &mut out, |field, out| match (field, change) {
            (ChangeField::Create(fields), Change::Created(view)) => call(fields, &view.call, out),
            (ChangeField::Event(fields), Change::Event(event)) => {
                object(fields, out, |field, out| field.write(event, out));
            }
            _ => out.push_str("null"),
        });
        out.push_str("}}");
        out
    }
}
