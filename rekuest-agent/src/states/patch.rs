//! What has changed from one value of a state to the next, as operations of RFC 6902.

use json_patch::jsonptr::PointerBuf;
use json_patch::{Patch, PatchOperation, ReplaceOperation, diff, patch};
use serde_json::Value;

/// The operations that make `new` of `old`; none if they are equal.
pub(super) fn changes(old: &Value, new: &Value) -> Vec<PatchOperation> {
    let Patch(operations) = diff(old, new);
    let mut patched = old.clone();
    // What a library says is looked at: a state that is wrong at the server would stay wrong.
    if patch(&mut patched, &operations).is_ok() && patched == *new { operations } else { replacing(new) }
}

/// Operations that make `new` of whatever a state of the same fields is: they can be applied twice.
pub(super) fn replacing(new: &Value) -> Vec<PatchOperation> {
    let fields = new.as_object().into_iter().flatten();
    let replace = |(key, value): (&String, &Value)| {
        let path = PointerBuf::from_tokens([key.as_str()]);
        PatchOperation::Replace(ReplaceOperation { path, value: value.clone() })
    };
    fields.map(replace).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// Values of a few kinds and names, so that two of them have something in common.
    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (-3_i64..3).prop_map(Value::from),
            (-3_i64..3).prop_map(|number| Value::from(number as f64 / 2.0)),
            "[a-b/~]{0,2}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[a-b/~]{0,2}", inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    fn state() -> impl Strategy<Value = Value> {
        (value(), value(), value()).prop_map(|(a, b, c)| json!({"a": a, "b/~": b, "c": c}))
    }

    proptest! {
        #[test]
        fn changes_lead_from_one_value_to_the_next(old in state(), new in state()) {
            let mut patched = old.clone();
            patch(&mut patched, &changes(&old, &new)).expect("operations that can be applied");
            prop_assert_eq!(patched, new);
        }

        #[test]
        fn replacing_leads_from_anywhere_to_the_next_and_can_be_repeated(old in state(), new in state()) {
            let mut patched = old;
            for _ in 0..2 {
                patch(&mut patched, &replacing(&new)).expect("operations that can be applied");
                prop_assert_eq!(&patched, &new);
            }
        }
    }

    #[test]
    fn equal_values_need_no_operations() {
        let value = json!({"a": 1, "b": [1.5, {"c": null}]});
        assert_eq!(changes(&value, &value), []);
    }
}
