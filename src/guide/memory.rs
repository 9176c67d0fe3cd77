//! Memory: values that are too heavy to travel.
//!
//! An image of the microscope has hundreds of megabytes. It stays in the memory of the app that took it, and what travels is
//! the id of a *drawer*: [`Memory<T>`](crate::Memory), of a type with `#[derive(Memorable)]`.
//!
//! ```
//! use rekuest::prelude::*;
//! use rekuest::testing::TestApp;
//!
//! /// What the camera saw.
//! #[derive(Memorable)]
//! #[memorable(label = Image::title, size = Image::bytes)]
//! struct Image {
//!     pixels: Vec<u16>,
//! }
//!
//! impl Image {
//!     fn title(&self) -> String {
//!         format!("{} pixels", self.pixels.len())
//!     }
//!
//!     fn bytes(&self) -> usize {
//!         2 * self.pixels.len()
//!     }
//! }
//!
//! /// Takes an image.
//! #[register]
//! fn snap(size: usize) -> Memory<Image> {
//!     Memory::new(Image { pixels: vec![7; size] })
//! }
//!
//! /// How bright it is.
//! #[register]
//! fn brightness(image: Memory<Image>) -> Result<f64, rekuest::NotHere> {
//!     let image = image.get()?;
//!     let sum: f64 = image.pixels.iter().map(|pixel| f64::from(*pixel)).sum();
//!     Ok(sum / image.pixels.len() as f64)
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let app = TestApp::new()
//!     .function(&snap::IMPLEMENTATION)
//!     .function(&brightness::IMPLEMENTATION)
//!     .shelf_budget(1 << 20)
//!     .start()
//!     .await?;
//! let image = app.call::<snap>((100,)).await?.value;
//! assert_eq!(app.call::<brightness>((image.clone(),)).await?.value, 7.0);
//!
//! let shelf = app.shelf();
//! assert_eq!((shelf[0].label.as_deref(), shelf[0].bytes), (Some("100 pixels"), 200));
//!
//! // Somebody says that nobody needs it any more.
//! app.collect(&image);
//! let gone = app.call::<brightness>((image,)).await.expect_err("it is not there");
//! assert!(gone.to_string().contains("there is no drawer"));
//! # Ok(())
//! # }
//! ```
//!
//! [`get`](crate::Memory::get) gives an `Arc<T>` without a copy: inside of the app that holds the value. Elsewhere it is the
//! id alone, which can be passed on; `get` says so. A function that is given a drawer that is not there, or that holds
//! something of another type, is not run; its caller is told ERROR, with the reason.
//!
//! # How long it stays
//!
//! Until it is collected: a server does that with COLLECT, and ids that are not known are passed over. Until the app starts
//! again: an app that introduces itself to a server loses all drawers that it had there (`ensureAgent`, protocol, section 2),
//! also when the server turns out to have lost its data. So drawers are for what can be made again.
//!
//! With [`App::shelf_budget`](crate::App::shelf_budget) the shelf is bounded. What was not used for longest makes room for
//! what is new, except what running functions have; whoever asks for it later is told that it made room. How large a value is
//! says `#[memorable(size = …)]`; without it, what a value owns on the heap does not count.
//!
//! What is on the shelf is listed by [`AgentHandle::shelf`](crate::AgentHandle::shelf).
