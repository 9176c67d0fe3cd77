//! Which function in Rust says what which vector says.

use rekuest::{Definition, Implementation};
use serde_json::{Value, json};

use crate::{annotated, functions, typed};

/// What is the same word by word, by the name of its vector.
pub(crate) const TWINS: &[(&str, &Implementation)] = &[
    ("add", &functions::add::IMPLEMENTATION),
    ("all_scalars", &functions::all_scalars::IMPLEMENTATION),
    ("annotated_descriptor", &annotated::annotated_descriptor::IMPLEMENTATION),
    ("annotated_effects", &annotated::annotated_effects::IMPLEMENTATION),
    ("annotated_nested", &annotated::annotated_nested::IMPLEMENTATION),
    ("annotated_optional", &annotated::annotated_optional::IMPLEMENTATION),
    ("annotated_return_widget", &annotated::annotated_return_widget::IMPLEMENTATION),
    ("annotated_validator", &annotated::annotated_validator::IMPLEMENTATION),
    ("any_arg", &typed::any_arg::IMPLEMENTATION),
    ("async_function", &functions::async_function::IMPLEMENTATION),
    ("async_generator_plain_hint", &functions::async_generator_plain_hint::IMPLEMENTATION),
    ("auto_model_arg", &typed::auto_model_arg::IMPLEMENTATION),
    ("bool_default_for_int", &functions::bool_default_for_int::IMPLEMENTATION),
    ("camelCaseName", &functions::camelCaseName::IMPLEMENTATION),
    ("catch_all_memory_structures", &typed::catch_all_memory_structures::IMPLEMENTATION),
    ("deep", &typed::deep::IMPLEMENTATION),
    ("description_no_docs", &functions::description_no_docs::IMPLEMENTATION),
    ("description_only", &functions::description_only::IMPLEMENTATION),
    ("dicts", &functions::dicts::IMPLEMENTATION),
    ("enum_arg", &typed::enum_arg::IMPLEMENTATION),
    ("enum_default", &typed::enum_default::IMPLEMENTATION),
    ("explicit_returns", &functions::explicit_returns::IMPLEMENTATION),
    ("explicit_returns_no_effects", &functions::explicit_returns_no_effects::IMPLEMENTATION),
    ("float_extremes", &functions::float_extremes::IMPLEMENTATION),
    ("google_docs", &functions::google_docs::IMPLEMENTATION),
    ("int_big", &functions::int_big::IMPLEMENTATION),
    ("int_default_for_float", &functions::int_default_for_float::IMPLEMENTATION),
    ("int_enum_default", &typed::int_enum_default::IMPLEMENTATION),
    ("lists", &functions::lists::IMPLEMENTATION),
    ("literal_arg", &typed::literal_arg::IMPLEMENTATION),
    ("memory_structure", &typed::memory_structure::IMPLEMENTATION),
    ("model_arg", &typed::model_arg::IMPLEMENTATION),
    ("named_memory_structure", &typed::named_memory_structure::IMPLEMENTATION),
    ("nested_optionals", &functions::nested_optionals::IMPLEMENTATION),
    ("no_docs", &functions::no_docs::IMPLEMENTATION),
    ("no_return_annotation", &functions::no_return_annotation::IMPLEMENTATION),
    ("none_return", &functions::none_return::IMPLEMENTATION),
    ("numpy_docs", &functions::numpy_docs::IMPLEMENTATION),
    ("omit_first", &functions::omit_first::IMPLEMENTATION),
    ("optional_with_default", &functions::optional_with_default::IMPLEMENTATION),
    ("optional_with_none", &functions::optional_with_none::IMPLEMENTATION),
    ("positional_and_keyword_only", &functions::positional_and_keyword_only::IMPLEMENTATION),
    ("rest_docs", &functions::rest_docs::IMPLEMENTATION),
    ("scalar_defaults", &functions::scalar_defaults::IMPLEMENTATION),
    ("short_with_args", &functions::short_with_args::IMPLEMENTATION),
    ("star_args", &functions::star_args::IMPLEMENTATION),
    ("str_enum_arg", &typed::str_enum_arg::IMPLEMENTATION),
    ("structure", &typed::structure::IMPLEMENTATION),
    ("structure_union", &typed::structure_union::IMPLEMENTATION),
    ("sync_generator", &functions::sync_generator::IMPLEMENTATION),
    ("sync_generator_tuple", &functions::sync_generator_tuple::IMPLEMENTATION),
    ("undocumented_enum", &typed::undocumented_enum::IMPLEMENTATION),
    ("unicode_docs", &functions::unicode_docs::IMPLEMENTATION),
    ("unknown_effect_key", &functions::unknown_effect_key::IMPLEMENTATION),
];

/// A function that says the same but for one part.
pub(crate) struct Altered {
    /// The name of its vector.
    pub(crate) key: &'static str,
    pub(crate) implementation: &'static Implementation,
    /// Why that part differs.
    pub(crate) why: &'static str,
    /// Puts our part in the place of that of Python.
    pub(crate) ours: fn(&mut Value),
}

/// What is the same but for a part that cannot be said in Rust, or that we do not want.
pub(crate) const ALTERED: &[Altered] = &[
    Altered {
        key: "annotated_widgets",
        implementation: &annotated::annotated_widgets::IMPLEMENTATION,
        why: "a choice for a text is a text, any other does not compile; a query is sent as it is written",
        ours: |wire| {
            let args = &mut wire["definition"]["args"];
            args[3]["assignWidget"]["choices"][2]["value"] = json!("3");
            args[6]["assignWidget"]["query"] = json!(
                "query s($search: String, $values: [ID]){options: xs(search: $search, ids: $values){value: id label: name}}"
            );
        },
    },
    Altered {
        key: "enum_with_member_default",
        implementation: &typed::enum_with_member_default::IMPLEMENTATION,
        why: "every argument with a default is nullable",
        ours: |wire| wire["definition"]["args"][0]["nullable"] = json!(true),
    },
    Altered {
        key: "with_locals",
        implementation: &functions::with_locals::IMPLEMENTATION,
        why: "a function with a state is stateful; Python says so too, but only when it registers it",
        ours: |wire| wire["definition"]["stateful"] = json!(true),
    },
    Altered {
        key: "everything",
        implementation: &functions::everything::IMPLEMENTATION,
        why: "a tested function is named by its path, so that its hash is right, and Python gives the logo to the definition alone",
        ours: |wire| {
            wire["definition"]["isTestFor"] = json!([hash(functions::add::DEFINITION)]);
            wire["logo"] = wire["definition"]["logo"].clone();
        },
    },
    Altered {
        key: "optional_model",
        implementation: &typed::optional_model::IMPLEMENTATION,
        why: "the default of a model is lost in Python",
        ours: |wire| wire["definition"]["args"][1]["default"] = json!({"x": 1, "y": 1.5, "name": null}),
    },
    Altered {
        key: "optional_unions",
        implementation: &typed::optional_unions::IMPLEMENTATION,
        why: "the default of a union is written like any value of it, with its variant",
        ours: |wire| wire["definition"]["args"][2]["default"] = json!({"use": 0, "value": 4}),
    },
];

/// What Python refuses, and why no function in Rust says it.
pub(crate) const REFUSED: &[(&str, &str)] = &[
    ("ellipsis_tuple_return", "the number of returns is that of the tuple"),
    ("port_label_map", "a label stands at its port"),
    ("two_widgets", "`widget` is said once, a second one does not compile"),
    ("unknown_return_widget_key", "a return widget stands at its return"),
    ("unknown_widget_key", "a widget stands at its argument"),
    ("untyped", "every argument has a type"),
];

fn hash(definition: Definition) -> String {
    definition.to_buf().expect("a definition").hash()
}
