/// The color of a thing.
#[derive(Debug, Choice)]
#[choice(rename_all = "SCREAMING_SNAKE_CASE")]
enum Color {
    Red,
    /// Like grass.
    #[choice(label = "Grass green", image = "https://example.org/green.png")]
    Green,
    #[choice(value = "b", description = "Like the sky.")]
    r#Blue,
}
