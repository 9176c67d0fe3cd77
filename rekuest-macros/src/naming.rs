//! Names made of the name of a function: its interface, and what people see.

/// `camelCaseName` becomes `camel_case_name`; what is in snake_case stays.
pub(crate) fn snake_case(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut snake = String::with_capacity(name.len() + 4);
    for (index, &letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| letters[before]);
        let starts_word = letter.is_uppercase()
            && match before {
                Some(before) if before.is_uppercase() => {
                    letters.get(index + 1).is_some_and(|next| next.is_lowercase())
                }
                Some(before) => before != '_',
                None => false,
            };
        if starts_word {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

/// `move_stage` becomes `Move Stage`, as Python's `title` does it: a letter is upper case where none stands before
/// it, and lower case elsewhere.
pub(crate) fn title_case(name: &str) -> String {
    let words: Vec<String> = name.split('_').filter(|word| !word.is_empty()).map(title_word).collect();
    words.join(" ")
}

fn title_word(word: &str) -> String {
    let mut title = String::with_capacity(word.len());
    let mut after_letter = false;
    for letter in word.chars() {
        if after_letter {
            title.extend(letter.to_lowercase());
        } else {
            title.extend(letter.to_uppercase());
        }
        after_letter = letter.is_alphabetic();
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interfaces_are_in_snake_case() {
        for (name, snake) in [
            ("add", "add"),
            ("add_two", "add_two"),
            ("camelCaseName", "camel_case_name"),
            ("HTTPServer", "http_server"),
            ("Scale2D", "scale2_d"),
            ("_private", "_private"),
            ("größe", "größe"),
        ] {
            assert_eq!(snake_case(name), snake);
        }
    }

    #[test]
    fn names_are_in_title_case() {
        for (name, title) in [
            ("add", "Add"),
            ("positional_and_keyword_only", "Positional And Keyword Only"),
            ("camelCaseName", "Camelcasename"),
            ("scale_2d", "Scale 2D"),
            ("_private", "Private"),
            ("ärger", "Ärger"),
        ] {
            assert_eq!(title_case(name), title);
        }
    }
}
