//! A client against a scripted server: what is found, called, lost and found again.

mod access;
mod calling;
mod finding;
mod handles;
mod limits;
mod losing;
mod operating;
mod options;
mod peer;
mod states;
mod without_runtime;
