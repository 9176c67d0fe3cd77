//! The text of an event: its message, then its other fields, up to a bound.

use std::error::Error;
use std::fmt::{self, Write as _};

use tracing::Event;
use tracing::field::{Field, Visit};

/// The most bytes of one message.
pub(super) const BOUND: usize = 64 << 10;

/// How a message ends that was longer.
pub(super) const CUT: &str = " … (cut: a log has at most 64 KiB)";

/// What is sent of this event.
pub(super) fn of(event: &Event<'_>) -> String {
    let mut parts = Parts::default();
    event.record(&mut parts);
    let Parts { message, fields } = parts;
    let mut text = match (message.text, fields.text) {
        (message, fields) if message.is_empty() => fields,
        (message, fields) if fields.is_empty() => message,
        (message, fields) => message + " " + &fields,
    };
    if message.cut || fields.cut || text.len() > BOUND {
        text.truncate(text.floor_char_boundary(BOUND - CUT.len()));
        text.push_str(CUT);
    }
    text
}

#[derive(Default)]
struct Parts {
    message: Bounded,
    fields: Bounded,
}

impl Parts {
    fn write(&mut self, field: &Field, value: fmt::Arguments<'_>) {
        // An error says that the bound is reached, which `cut` tells, or comes from the value, which then ends there.
        let _ = match field.name() {
            "message" => self.message.write_fmt(value),
            // What the `log` crate says of the event, which is no field of it.
            name if name.starts_with("log.") => Ok(()),
            name => {
                let space = if self.fields.text.is_empty() { "" } else { " " };
                let name = name.strip_prefix("r#").unwrap_or(name);
                write!(self.fields, "{space}{name}={value}")
            }
        };
    }
}

impl Visit for Parts {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.write(field, format_args!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "message" => self.write(field, format_args!("{value}")),
            _ => self.write(field, format_args!("{value:?}")),
        }
    }

    fn record_error(&mut self, field: &Field, value: &(dyn Error + 'static)) {
        self.write(field, format_args!("{}", Sources(value)));
    }
}

/// An error and what caused it.
struct Sources<'a>(&'a (dyn Error + 'static));

impl fmt::Display for Sources<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut source = self.0.source();
        while let Some(error) = source {
            write!(f, ": {error}")?;
            source = error.source();
        }
        Ok(())
    }
}

/// Text that ends at the bound: what would go beyond it is an error, so that a huge value is not formatted to its end.
#[derive(Default)]
struct Bounded {
    text: String,
    cut: bool,
}

impl fmt::Write for Bounded {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let fits = text.floor_char_boundary(BOUND - self.text.len());
        self.text.push_str(&text[..fits]);
        if fits < text.len() {
            self.cut = true;
            return Err(fmt::Error);
        }
        Ok(())
    }
}
