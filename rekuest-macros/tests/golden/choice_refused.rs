#[derive(Choice)]
#[choice(identifier = "lab color", crate = self::facade)]
enum Color<T> {
    Red,
    Other(T),
}
