//! Identifiers that nobody gave: `showcase::shapes::Color` is `showcase.shapes.color` (protocol, section 2).

/// How long the identifier of a path is, in bytes.
pub const fn identifier_len(path: &str) -> usize {
    let bytes = path.as_bytes();
    let mut len = 0;
    let mut index = 0;
    while index < bytes.len() {
        if is_raw(bytes, index) {
            index += 2;
            continue;
        }
        len += 1;
        index += if is_separator(bytes, index) { 2 } else { 1 };
    }
    len
}

/// The bytes of the identifier of a path: dots for `::`, its ASCII letters lower case. The macros write the name of the
/// type in lower case before.
pub const fn identifier_bytes<const N: usize>(path: &str) -> [u8; N] {
    let bytes = path.as_bytes();
    let mut identifier = [0; N];
    let mut len = 0;
    let mut index = 0;
    while index < bytes.len() {
        if is_raw(bytes, index) {
            index += 2;
            continue;
        }
        if is_separator(bytes, index) {
            identifier[len] = b'.';
            index += 2;
        } else {
            identifier[len] = bytes[index].to_ascii_lowercase();
            index += 1;
        }
        len += 1;
    }
    identifier
}

/// The identifier as text.
pub const fn identifier_str(bytes: &'static [u8]) -> &'static str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => panic!("the path of a module is text"),
    }
}

/// Whether the `r#` of a raw identifier stands here.
const fn is_raw(bytes: &[u8], index: usize) -> bool {
    bytes[index] == b'r' && index + 1 < bytes.len() && bytes[index + 1] == b'#'
}

const fn is_separator(bytes: &[u8], index: usize) -> bool {
    bytes[index] == b':' && index + 1 < bytes.len() && bytes[index + 1] == b':'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_an_identifier_when_compiling() {
        const PATH: &str = "showcase::Shapes::r#mod::größe::Color";
        const BYTES: [u8; identifier_len(PATH)] = identifier_bytes(PATH);
        assert_eq!(identifier_str(&BYTES), "showcase.shapes.mod.größe.color");
    }
}
