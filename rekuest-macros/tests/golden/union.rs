/// Where to go.
#[derive(Union)]
enum Target {
    /// By its number.
    #[port(gt = 0)]
    Number(i64),
    #[port(label = "Name")]
    Name(String),
}
