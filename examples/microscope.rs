//! A simulated microscope: a stage that is connected at the start and parked at the end, where it stands, and what its camera
//! has seen.
//!
//! ```console
//! $ cargo run --example microscope
//! $ cargo run --example microscope -- call move_to x=10 y=5    # in another terminal
//! $ cargo run --example microscope -- call overview
//! ```

use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use rekuest::NotHere;
use rekuest::prelude::*;
use rekuest::task::Cancelled;

/// How far the stage moves at once, in micrometers.
const STEP: f64 = 1.0;

/// The connection to the stage. Who moves it does so alone.
#[derive(Context)]
#[context(group = "stage")]
struct Stage {
    /// What was sent over its port.
    port: Mutex<Vec<String>>,
}

impl Stage {
    fn send(&self, command: String) {
        // A simulated port is in order also after a panic.
        let mut port = self.port.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        tracing::debug!(command, sent = port.len(), "sending");
        port.push(command);
        thread::sleep(Duration::from_millis(5));
    }
}

/// Where the stage stands.
#[derive(Debug, Clone, State)]
struct Position {
    /// In micrometers.
    x: f64,
    /// In micrometers.
    y: f64,
    moving: bool,
}

/// How the microscope feels.
#[derive(Debug, Clone, State)]
struct Health {
    /// In degrees Celsius.
    temperature: f64,
    images: u32,
}

/// What the camera saw.
#[derive(Memorable)]
#[memorable(label = Image::title, size = Image::bytes)]
struct Image {
    at: (f64, f64),
    pixels: Vec<u16>,
}

impl Image {
    fn title(&self) -> String {
        format!("image at {:.0}, {:.0}", self.at.0, self.at.1)
    }

    fn bytes(&self) -> usize {
        self.pixels.len() * size_of::<u16>()
    }
}

/// Opens the port of the stage, and finds out where it stands.
#[startup]
fn connect(instance: &str) -> Result<(Stage, Position, Health), String> {
    tracing::info!(instance, "connected to the stage");
    let stage = Stage { port: Mutex::default() };
    let position = Position { x: 0.0, y: 0.0, moving: false };
    Ok((stage, position, Health { temperature: 21.0, images: 0 }))
}

/// Warms up over time.
#[background]
async fn feel(health: State<Health>) {
    let mut seconds = tokio::time::interval(Duration::from_secs(1));
    loop {
        seconds.tick().await;
        health.update(|health| health.temperature += (37.0 - health.temperature) * 0.01);
    }
}

/// Leaves the stage where it is safe.
#[shutdown]
fn park(stage: Ctx<Stage>, position: State<Position>) {
    stage.send("PARK".to_owned());
    position.update(|position| *position = Position { x: 0.0, y: 0.0, moving: false });
    tracing::info!("the stage is parked");
}

/// Moves the stage
///
/// Moves the stage step by step, and stops where it is when it is cancelled.
///
/// # Arguments
/// * `x` - where to, in micrometers
/// * `y` - where to, in micrometers
#[register]
fn move_to(
    task: Task,
    stage: Ctx<Stage>,
    position: State<Position>,
    x: f64,
    y: f64,
) -> Result<(), Cancelled> {
    let (from, steps) = {
        let position = position.read();
        let distance = (x - position.x).hypot(y - position.y);
        ((position.x, position.y), (distance / STEP).ceil().max(1.0))
    };
    for step in 1..=steps as u32 {
        if let Err(cancelled) = task.blocking_breakpoint() {
            position.update(|position| position.moving = false);
            return Err(cancelled);
        }
        let part = f64::from(step) / steps;
        let (at_x, at_y) = (from.0 + (x - from.0) * part, from.1 + (y - from.1) * part);
        stage.send(format!("G0 X{at_x} Y{at_y}"));
        position.update(|position| *position = Position { x: at_x, y: at_y, moving: part < 1.0 });
        task.progress((part * 100.0) as u32, format_args!("at {at_x:.1}, {at_y:.1}"));
    }
    Ok(())
}

/// Takes an image
///
/// Takes an image where the stage stands, and keeps it in memory.
#[register]
fn snap(
    position: ReadOnly<State<Position>>,
    health: State<Health>,
    #[port(default = 1_000)] pixels: u32,
) -> Memory<Image> {
    let at = (position.read().x, position.read().y);
    health.update(|health| health.images += 1);
    let brightness = (at.0 + at.1).abs() as u16;
    Memory::new(Image { at, pixels: vec![brightness; pixels as usize] })
}

/// The brightness of an image
#[register]
fn brightness(image: Memory<Image>) -> Result<f64, NotHere> {
    let image = image.get()?;
    let sum: f64 = image.pixels.iter().map(|pixel| f64::from(*pixel)).sum();
    Ok(sum / (image.pixels.len().max(1)) as f64)
}

/// Looks around
///
/// Visits some places, takes an image at each, and tells how bright they are: all by calling other functions.
#[register]
async fn overview(task: Task, #[port(default = 3)] places: u32) -> Result<Vec<f64>, CallError> {
    let mut seen = Vec::new();
    for place in 0..places {
        move_to::call(&task, f64::from(place) * 5.0, 0.0).await?;
        let image = snap::call(&task, None).await?;
        seen.push(brightness::call(&task, image).await?);
    }
    Ok(seen)
}

fn main() -> Exit {
    rekuest::blocking::run()
}
