//! [`PortBuf`] and its parts, the owned forms, with the field names of the GraphQL inputs.
//!
//! Lists are optional where the protocol tells null from empty: the hash does.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use super::PortKind;

/// Any JSON, kept as it was written; equal when it means the same.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Json(Box<RawValue>);

impl Json {
    /// The JSON text.
    pub fn get(&self) -> &str {
        self.0.get()
    }

    /// The JSON as a raw value.
    pub fn raw(&self) -> &RawValue {
        &self.0
    }
}

impl From<Box<RawValue>> for Json {
    fn from(raw: Box<RawValue>) -> Self {
        Self(raw)
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        let value = |json: &Self| serde_json::from_str::<serde_json::Value>(json.get());
        self.get() == other.get() || matches!((value(self), value(other)), (Ok(one), Ok(two)) if one == two)
    }
}

/// Reads null as none: `Option<Box<RawValue>>` alone would read it as the value `null`.
fn not_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Json>, D::Error> {
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    Ok(if raw.get() == "null" { None } else { Some(Json(raw)) })
}

/// A port, owned. See [`Port`](super::Port) for the constant form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PortBuf {
    /// The name of an argument; `return0`, … of a return; `...` of an item; `0`, … of a variant; the name of a field.
    pub key: String,
    /// What forms show in place of the key.
    #[serde(default)]
    pub label: Option<String>,
    /// The kind.
    pub kind: PortKind,
    /// What the value is.
    #[serde(default)]
    pub description: Option<String>,
    /// The identifier of a STRUCTURE, MEMORY_STRUCTURE, ENUM or MODEL.
    #[serde(default)]
    pub identifier: Option<String>,
    /// Whether null is taken.
    #[serde(default)]
    pub nullable: bool,
    /// What user interfaces do depending on other ports.
    #[serde(default)]
    pub effects: Option<Vec<EffectBuf>>,
    /// The value that stands for null or nothing.
    #[serde(default, deserialize_with = "not_null")]
    pub default: Option<Json>,
    /// The item of a LIST or DICT, the variants of a UNION, the fields of a MODEL.
    #[serde(default)]
    pub children: Option<Vec<PortBuf>>,
    /// The choices of an ENUM.
    #[serde(default)]
    pub choices: Option<Vec<ChoiceBuf>>,
    /// How forms ask for the value.
    #[serde(default)]
    pub assign_widget: Option<AssignWidgetBuf>,
    /// How user interfaces show the value.
    #[serde(default)]
    pub return_widget: Option<ReturnWidgetBuf>,
    /// What user interfaces check.
    #[serde(default)]
    pub validators: Option<Vec<ValidatorBuf>>,
    /// Facts about the value, by key.
    #[serde(default)]
    pub descriptors: Option<Vec<DescriptorBuf>>,
}

impl PortBuf {
    /// The children, or none.
    pub fn children(&self) -> &[PortBuf] {
        self.children.as_deref().unwrap_or_default()
    }

    /// The choices, or none.
    pub fn choices(&self) -> &[ChoiceBuf] {
        self.choices.as_deref().unwrap_or_default()
    }
}

/// One choice of an ENUM or a choice widget.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChoiceBuf {
    /// What is sent.
    pub value: Json,
    /// What is shown.
    pub label: String,
    /// An image that is shown.
    #[serde(default)]
    pub image: Option<String>,
    /// What the choice means.
    #[serde(default)]
    pub description: Option<String>,
}

/// How forms ask for a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssignWidgetBuf {
    /// SEARCH, CHOICE, SLIDER, CUSTOM, STRING or STATE_CHOICE.
    pub kind: String,
    /// STRING: several lines.
    #[serde(default)]
    pub as_paragraph: Option<bool>,
    /// SEARCH: the query.
    #[serde(default)]
    pub query: Option<String>,
    /// CHOICE: the choices.
    #[serde(default)]
    pub choices: Option<Vec<ChoiceBuf>>,
    /// SLIDER: the least value.
    #[serde(default)]
    pub min: Option<f64>,
    /// SLIDER: the greatest value.
    #[serde(default)]
    pub max: Option<f64>,
    /// SLIDER: the distance between values.
    #[serde(default)]
    pub step: Option<f64>,
    /// STRING: what is shown while nothing is typed.
    #[serde(default)]
    pub placeholder: Option<String>,
    /// CUSTOM: the hook of the user interface.
    #[serde(default)]
    pub hook: Option<String>,
    /// SEARCH, CUSTOM: the ward that is asked.
    #[serde(default)]
    pub ward: Option<String>,
    /// What is used where this widget is not known.
    #[serde(default)]
    pub fallback: Option<Box<AssignWidgetBuf>>,
    /// SEARCH: what else can be filtered by.
    #[serde(default)]
    pub filters: Option<Vec<PortBuf>>,
    /// SEARCH: the ports whose values the query uses.
    #[serde(default)]
    pub dependencies: Option<Vec<String>>,
}

/// How user interfaces show a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReturnWidgetBuf {
    /// CHOICE or CUSTOM.
    pub kind: String,
    /// The query of the widget.
    #[serde(default)]
    pub query: Option<String>,
    /// CHOICE: the choices.
    #[serde(default)]
    pub choices: Option<Vec<ChoiceBuf>>,
    /// The least value.
    #[serde(default)]
    pub min: Option<i64>,
    /// The greatest value.
    #[serde(default)]
    pub max: Option<i64>,
    /// The distance between values.
    #[serde(default)]
    pub step: Option<i64>,
    /// What is shown while there is nothing.
    #[serde(default)]
    pub placeholder: Option<String>,
    /// CUSTOM: the hook of the user interface.
    #[serde(default)]
    pub hook: Option<String>,
    /// CUSTOM: the ward that is asked.
    #[serde(default)]
    pub ward: Option<String>,
}

/// A JavaScript check that user interfaces run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ValidatorBuf {
    /// An arrow function of the value and the dependencies.
    pub function: String,
    /// The ports whose values the function also takes.
    #[serde(default)]
    pub dependencies: Option<Vec<String>>,
    /// What the check is called.
    #[serde(default)]
    pub label: Option<String>,
    /// What is shown when it fails.
    #[serde(default)]
    pub error_message: Option<String>,
}

/// What a user interface does to a port depending on values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EffectBuf {
    /// MESSAGE, HIDE or CUSTOM.
    pub kind: String,
    /// An arrow function of the value and the dependencies.
    pub function: String,
    /// The ports whose values the function also takes.
    #[serde(default)]
    pub dependencies: Option<Vec<String>>,
    /// MESSAGE: what is shown.
    #[serde(default)]
    pub message: Option<String>,
    /// HIDE: whether the port fades.
    #[serde(default)]
    pub fade: Option<bool>,
    /// CUSTOM: the hook of the user interface.
    #[serde(default)]
    pub hook: Option<String>,
    /// CUSTOM: the ward that is asked.
    #[serde(default)]
    pub ward: Option<String>,
}

/// A fact about a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DescriptorBuf {
    /// What the fact is about.
    pub key: String,
    /// The fact.
    pub value: Json,
}

/// Ports that forms show together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PortGroupBuf {
    /// The name of the group.
    pub key: String,
    /// What is shown above it.
    #[serde(default)]
    pub title: Option<String>,
    /// What the group is.
    #[serde(default)]
    pub description: Option<String>,
    /// What user interfaces do to the group.
    #[serde(default)]
    pub effects: Option<Vec<EffectBuf>>,
    /// The keys of its ports.
    #[serde(default)]
    pub ports: Option<Vec<String>>,
}
