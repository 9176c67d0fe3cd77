//! A model and a union by hand, of what derives use.

use rekuest_core::__private::{Member, Used};
use rekuest_core::{Arguments, Contexts, Expand, JsonWriter, Port, PortType, Shrink, ValueError};
use serde_json::value::RawValue;

/// A model.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Place {
    pub(crate) x: i64,
    pub(crate) y: f64,
    pub(crate) label: Option<String>,
}

impl PortType for Place {
    const PORT: Port = Port::model(
        "place",
        &[i64::PORT.keyed("x"), f64::PORT.keyed("y"), <Option<String> as PortType>::PORT.keyed("label")],
    );
}

impl Expand for Place {
    async fn expand(value: &RawValue, contexts: &Contexts) -> Result<Self, ValueError> {
        let fields = Arguments::parse(value)?;
        Ok(Self {
            x: fields.expand_member(Member::new("x"), contexts).await?,
            y: fields.expand_member(Member::new("y"), contexts).await?,
            label: fields.expand_member(Member::new("label"), contexts).await?,
        })
    }
}

impl Shrink for Place {
    async fn shrink(self, out: &mut JsonWriter, contexts: &Contexts) -> Result<(), ValueError> {
        out.raw("{\"x\":");
        self.x.shrink(out, contexts).await?;
        out.raw(",\"y\":");
        self.y.shrink(out, contexts).await?;
        out.raw(",\"label\":");
        self.label.shrink(out, contexts).await?;
        out.raw("}");
        Ok(())
    }
}

/// A union.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Reading {
    Count(i64),
    Name(String),
    Places(Vec<Place>),
}

impl PortType for Reading {
    const PORT: Port = Port::union(&[
        i64::PORT.keyed("0"),
        String::PORT.keyed("1"),
        <Vec<Place> as PortType>::PORT.keyed("2"),
    ]);
}

impl Expand for Reading {
    async fn expand(value: &RawValue, contexts: &Contexts) -> Result<Self, ValueError> {
        let mut used = Used::read(value, 3)?;
        if let Some(value) = used.tries(0) {
            match i64::expand(value, contexts).await {
                Ok(count) => return Ok(Self::Count(count)),
                Err(error) => used.refused(error)?,
            }
        }
        if let Some(value) = used.tries(1) {
            match String::expand(value, contexts).await {
                Ok(name) => return Ok(Self::Name(name)),
                Err(error) => used.refused(error)?,
            }
        }
        if let Some(value) = used.tries(2) {
            match Vec::expand(value, contexts).await {
                Ok(places) => return Ok(Self::Places(places)),
                Err(error) => used.refused(error)?,
            }
        }
        Err(used.into_error())
    }
}

impl Shrink for Reading {
    async fn shrink(self, out: &mut JsonWriter, contexts: &Contexts) -> Result<(), ValueError> {
        match self {
            Self::Count(count) => {
                out.raw("{\"use\":0,\"value\":");
                count.shrink(out, contexts).await?;
            }
            Self::Name(name) => {
                out.raw("{\"use\":1,\"value\":");
                name.shrink(out, contexts).await?;
            }
            Self::Places(places) => {
                out.raw("{\"use\":2,\"value\":");
                places.shrink(out, contexts).await?;
            }
        }
        out.raw("}");
        Ok(())
    }
}
