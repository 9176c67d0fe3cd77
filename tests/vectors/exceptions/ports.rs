//! Where our ports differ from those of Python on purpose, and why.

use serde_json::{Value, json};

/// A difference in the port of a label.
pub(crate) struct PortException {
    pub(crate) label: &'static str,
    /// The key of the port.
    pub(crate) key: &'static str,
    pub(crate) why: &'static str,
    /// Makes our port of that of Python, without nulls.
    pub(crate) ours: fn(&mut Value),
}

/// All differences in ports.
pub(crate) const PORT_EXCEPTIONS: &[PortException] = &[
    PortException {
        label: "FLOAT default 1 (becomes INT)",
        key: "x",
        why: "the type says FLOAT",
        ours: |port| {
            port["kind"] = json!("FLOAT");
            port["default"] = json!(1.0);
        },
    },
    PortException {
        label: "LIST of INT default []",
        key: "x",
        why: "an empty default is a default",
        ours: |port| port["default"] = json!([]),
    },
    PortException {
        label: "UNION default 4",
        key: "x",
        why: "a default is written like any value of the union",
        ours: |port| port["default"] = json!({"use": 0, "value": 4}),
    },
    PortException {
        label: "ENUM str default (becomes STRING)",
        key: "x",
        why: "the type says ENUM",
        ours: |port| {
            let choice = |name: &str| json!({"value": name, "label": name, "description": "A string enum."});
            port["kind"] = json!("ENUM");
            port["identifier"] = json!("golden_defs.level");
            port["description"] = json!("A string enum.");
            port["choices"] = json!([choice("LOW"), choice("HIGH")]);
            port["default"] = json!("HIGH");
        },
    },
    PortException {
        label: "MODEL default (dropped)",
        key: "x",
        why: "the default of a model is a default",
        ours: |port| port["default"] = json!({"x": 1, "y": 1.5}),
    },
    PortException {
        label: "Annotated INT withDefault(7), not nullable",
        key: "x",
        why: "every argument with a default is nullable",
        ours: |port| port["nullable"] = json!(true),
    },
    PortException {
        label: "Annotated INT withDefault(7), not nullable",
        key: "return0",
        why: "a default is for what may be missing, and a return may not",
        ours: |port| {
            if let Value::Object(members) = port {
                members.remove("default");
            }
        },
    },
];
