//! Arrow functions, looked at when compiling: how many parameters a validator's or effect's JavaScript has.
//!
//! The macros compile this file too: they say on the user's token what constants can only assert.

/// How many parameters an arrow function has; none for anything else.
///
/// Not a parser of JavaScript: it finds the parameters and the arrow, and leaves the body to the user interface.
pub(crate) const fn parameters(function: &str) -> Option<usize> {
    let bytes = function.as_bytes();
    let mut index = spaces(bytes, 0);
    let parameters;
    if index < bytes.len() && bytes[index] == b'(' {
        let mut depth = 0_usize;
        let mut commas = 0;
        let mut filled = false;
        loop {
            if index == bytes.len() {
                return None;
            }
            match bytes[index] {
                b'(' | b'[' | b'{' => {
                    filled |= depth > 0;
                    depth += 1;
                }
                b')' | b']' | b'}' => depth -= 1,
                b',' if depth == 1 => {
                    if !filled {
                        return None;
                    }
                    commas += 1;
                    filled = false;
                }
                byte => filled |= !byte.is_ascii_whitespace(),
            }
            index += 1;
            if depth == 0 {
                break;
            }
        }
        // A comma may follow the last parameter.
        parameters = if filled { commas + 1 } else { commas };
    } else {
        let start = index;
        while index < bytes.len() && is_name(bytes[index]) {
            index += 1;
        }
        if index == start {
            return None;
        }
        parameters = 1;
    }
    index = spaces(bytes, index);
    let arrow = index + 1 < bytes.len() && bytes[index] == b'=' && bytes[index + 1] == b'>';
    if !arrow || spaces(bytes, index + 2) == bytes.len() {
        return None;
    }
    Some(parameters)
}

const fn spaces(bytes: &[u8], mut index: usize) -> usize {
    while index < bytes.len() && bytes[index].is_ascii_whitespace() {
        index += 1;
    }
    index
}

const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_counted() {
        for (function, expected) in [
            ("(x) => x > 3", Some(1)),
            ("x => x", Some(1)),
            ("(v, name) => v > name.length", Some(2)),
            (" ( a , b, ) => { return a(b, 1) }", Some(2)),
            ("({a, b}, c = f(1, 2)) => a", Some(2)),
            ("() => true", Some(0)),
            ("(x)", None),
            ("(x) =>", None),
            ("(x => 3", None),
            ("(,) => 3", None),
            ("x > 3", None),
            ("function (x) { return x }", None),
            ("", None),
        ] {
            assert_eq!(parameters(function), expected, "{function}");
        }
    }
}
