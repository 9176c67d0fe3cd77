//! `rename_all`: how the names of variants become values.

use crate::arguments::{self, Argument};
use crate::errors::Errors;
use crate::naming::snake_case;

/// A way to write names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rename {
    ScreamingSnake,
    Snake,
    Kebab,
    Camel,
    Pascal,
    Lower,
    Upper,
    ScreamingKebab,
}

const ALL: [(&str, Rename); 8] = [
    ("SCREAMING_SNAKE_CASE", Rename::ScreamingSnake),
    ("snake_case", Rename::Snake),
    ("kebab-case", Rename::Kebab),
    ("camelCase", Rename::Camel),
    ("PascalCase", Rename::Pascal),
    ("lowercase", Rename::Lower),
    ("UPPERCASE", Rename::Upper),
    ("SCREAMING-KEBAB-CASE", Rename::ScreamingKebab),
];

impl Rename {
    pub(super) fn parse(argument: Argument, errors: &mut Errors) -> Option<Self> {
        let text = argument.string(errors)?;
        let way = text.value();
        let known = ALL.iter().find(|(name, _)| *name == way).map(|(_, rename)| *rename);
        if known.is_none() {
            let names: Vec<String> = ALL.iter().map(|(name, _)| format!("\"{name}\"")).collect();
            let meant = arguments::closest(&way, ALL.iter().map(|(name, _)| *name))
                .map(|meant| format!("; did you mean \"{meant}\"?"))
                .unwrap_or_default();
            errors.on(
                &text,
                format!("unknown way to rename \"{way}\", expected one of: {}{meant}", names.join(", ")),
            );
        }
        known
    }

    /// The value of the variant that is called `name`.
    pub(super) fn apply(self, name: &str) -> String {
        let snake = snake_case(name);
        match self {
            Self::Snake => snake,
            Self::ScreamingSnake => snake.to_uppercase(),
            Self::Kebab => snake.replace('_', "-"),
            Self::ScreamingKebab => snake.to_uppercase().replace('_', "-"),
            Self::Lower => name.to_lowercase(),
            Self::Upper => name.to_uppercase(),
            Self::Pascal => snake.split('_').map(capitalized).collect(),
            Self::Camel => {
                let (first, rest) = snake.split_once('_').unwrap_or((&snake, ""));
                rest.split('_').fold(first.to_owned(), |camel, word| camel + &capitalized(word))
            }
        }
    }
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_writing_names_is_known() {
        let renamed = |name: &str| ALL.map(|(_, rename)| rename.apply(name));
        assert_eq!(
            renamed("DarkRed"),
            ["DARK_RED", "dark_red", "dark-red", "darkRed", "DarkRed", "darkred", "DARKRED", "DARK-RED"]
        );
        assert_eq!(renamed("RED"), ["RED", "red", "red", "red", "Red", "red", "RED", "RED"]);
        assert_eq!(
            renamed("HTTPServer"),
            [
                "HTTP_SERVER",
                "http_server",
                "http-server",
                "httpServer",
                "HttpServer",
                "httpserver",
                "HTTPSERVER",
                "HTTP-SERVER"
            ]
        );
    }
}
