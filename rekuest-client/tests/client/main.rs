//! A client against a scripted server: what is found, called, lost and found again.

mod access;
mod calling;
mod finding;
mod losing;
mod peer;
mod searching;
mod states;
