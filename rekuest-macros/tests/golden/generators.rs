/// Counts.
#[register]
fn count(n: i64) -> impl Iterator<Item = i64> {
    0..n
}

/// Counts, or not.
#[register]
async fn counted(n: i64) -> Result<impl Stream<Item = Result<(i64, String), Broken>> + Send, Broken> {
    stream(n)
}

/// Named.
#[register(generator)]
fn named(n: i64) -> Result<BoxStream<'static, i64>, Broken> {
    stream(n)
}
