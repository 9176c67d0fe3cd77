//! A client against a scripted server: what is found, called, lost and found again; and against the embedded one.

mod access;
mod attaching;
mod calling;
mod deployment;
mod embedded;
mod finding;
mod handles;
mod limits;
mod login;
mod losing;
mod many;
mod operating;
mod options;
mod peer;
mod reserving;
mod searching;
mod states;
mod transport;
mod without_runtime;
