//! The agent that is measured: an app of five functions, started as a program would.

use std::error::Error;
use std::future::pending;

use rekuest::{App, Function};

/// Serves until the process ends.
pub(crate) async fn serve(url: &str) -> Result<(), Box<dyn Error + Send + Sync>> {
    let app =
        App::new("bench")
            .function(Function::blocking("add", ["x", "y"], |x: i64, y: i64| x + y))
            .function(Function::future("aadd", ["x", "y"], |x: i64, y: i64| async move { x + y }))
            .function(Function::future("hold", ["x", "y"], |x: i64, y: i64| async move {
                pending::<()>().await;
                x + y
            }))
            .function(Function::future("text", ["mib"], |mib: u32| async move {
                "x".repeat((mib as usize) << 20)
            }))
            .function(Function::future("length", ["text"], |text: String| async move { text.len() }));
    let app = app.url(url).token("token").start().await?;
    app.join().await?;
    Ok(())
}
