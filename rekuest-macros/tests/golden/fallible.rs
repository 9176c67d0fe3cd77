/// Divide
#[register(crate = crate::facade)]
async fn divide(dividend: f64, divisor: f64) -> Result<(f64, f64), std::io::Error> {
    Ok((dividend / divisor, dividend % divisor))
}

/// Count
#[register]
fn count(path: String) -> io::Result<u32> {
    Ok(path.len() as u32)
}
