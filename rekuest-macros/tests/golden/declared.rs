/// Brings the image into focus.
#[declare]
fn autofocus(image: ImageId, range: Option<f64>) -> f64;

#[declare(hash = "5e45dba65a8cbf15587c61699bf2a4094e2ffc9ffd45e1eb172ca9681f7aeb44")]
pub fn add(a: i64, b: i64) -> i64;

#[declare(name = "Count", key = "counting")]
fn count(to: u32) -> impl Stream<Item = u32>;

#[declare]
fn park();
