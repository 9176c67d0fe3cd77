//! ASSIGN frames as a server sends them, with every field, made by copying one and writing new ids into it.

use crate::frames;

/// As many digits as the id of an assignation has here, so that all frames have one length.
const DIGITS: usize = 8;

/// Ids begin here.
pub(crate) const FIRST: u64 = 10_000_000;

/// The ASSIGN of one function with one set of arguments.
pub(crate) struct Assign {
    frame: Vec<u8>,
    ids: [usize; 2],
    assignation: usize,
}

impl Assign {
    /// `args` is a JSON object.
    pub(crate) fn new(interface: &str, args: &str) -> Self {
        let [id, reference] =
            ["3f0e6c1a-5b7d-4e92-8a41-000000000000", "c49d2b57-91e8-4f3a-b6d0-000000000000"];
        let assignation = FIRST.to_string();
        let action = "6b4eba029f6c4245e24f7802f158ec4496a04fbdae3f841a5f5ce4147f75bb4c";
        let text = format!(
            concat!(
                r#"{{"id": "{}", "type": "ASSIGN", "interface": "{}", "extension": "default", "#,
                r#""reservation": null, "assignation": "{}", "root": null, "parent": null, "#,
                r#""dependencies": {{}}, "capture": false, "reference": "{}", "args": {}, "#,
                r#""message": null, "user": "1", "org": "static_org", "app": "caller-app", "action": "{}"}}"#
            ),
            id, interface, assignation, reference, args, action
        );
        let mut frame = Vec::with_capacity(text.len() + 10);
        frames::text(text.as_bytes(), &mut frame);
        let head = frame.len() - text.len();
        let after = |part: &str| head + text.find(part).expect("it is there") + part.len();
        Self {
            ids: [after(id), after(reference)],
            assignation: after(&format!("\"assignation\": \"{assignation}")),
            frame,
        }
    }

    /// Appends the frame for one assignation.
    pub(crate) fn write(&self, number: u64, out: &mut Vec<u8>) {
        let at = out.len();
        out.extend_from_slice(&self.frame);
        let mut rest = number;
        let mut digits = [b'0'; DIGITS];
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        // The ids end with the number too: no two frames have the same.
        for end in [self.assignation, self.ids[0], self.ids[1]] {
            out[at + end - DIGITS..at + end].copy_from_slice(&digits);
        }
    }
}

/// Appends the frame that cancels an assignation.
pub(crate) fn cancel(number: u64, out: &mut Vec<u8>) {
    let text =
        format!(r#"{{"id": "{}", "type": "CANCEL", "assignation": "{number}"}}"#, uuid::Uuid::new_v4());
    frames::text(text.as_bytes(), out);
}
