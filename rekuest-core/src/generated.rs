//! What the code that `#[register]` generates is made of, beside the public vocabulary.
//!
//! Ports are collected by const functions, since which parameters have one is known to the types alone. Values pass
//! through [`Checked`], which keeps one unsupported type from being reported once for every place that it comes by.

use std::future::{Future, Ready, ready};
use std::marker::PhantomData;

use serde_json::value::RawValue;

use crate::arguments::{Arguments, ArgumentsWriter, Parameter, default_json};
use crate::invocation::{Failure, Invocation};
use crate::port::{DefaultFn, Port, PortKind};
use crate::returns::{Output, Returns};
use crate::value::{Shrink, ValueError};

/// One parameter in the making: its port, or none for what is injected.
#[derive(Debug, Clone, Copy)]
pub struct Argument(Option<Port>);

impl Argument {
    /// The parameter called `key`.
    pub const fn new(port: Option<Port>, key: &'static str) -> Self {
        match port {
            Some(port) => Self(Some(port.keyed(key))),
            None => Self(None),
        }
    }

    /// The same parameter with a label. What is injected takes none.
    #[must_use]
    pub const fn labelled(self, label: &'static str) -> Self {
        match self.0 {
            Some(port) => Self(Some(port.labelled(label))),
            None => self,
        }
    }

    /// The same parameter with a description. What is injected may be described for readers; callers do not see it.
    #[must_use]
    pub const fn described(self, description: &'static str) -> Self {
        match self.0 {
            Some(port) => Self(Some(port.described(description))),
            None => self,
        }
    }

    /// The same parameter with a default. Fails to compile for what is injected.
    #[must_use]
    pub const fn with_default(self, default: DefaultFn) -> Self {
        match self.0 {
            Some(port) => Self(Some(port.with_default(default))),
            None => panic!("this parameter is injected by the agent, so it cannot have a default"),
        }
    }
}

/// How many of these parameters have ports.
pub const fn count_ports(parameters: &[Argument]) -> usize {
    let (mut index, mut count) = (0, 0);
    while index < parameters.len() {
        if parameters[index].0.is_some() {
            count += 1;
        }
        index += 1;
    }
    count
}

/// The ports among these parameters. `N` is what [`count_ports`] says.
pub const fn collect_ports<const N: usize>(parameters: &[Argument]) -> [Port; N] {
    let mut ports = [Port::new(PortKind::Int); N];
    let (mut index, mut count) = (0, 0);
    while index < parameters.len() {
        if let Some(port) = parameters[index].0 {
            ports[count] = port;
            count += 1;
        }
        index += 1;
    }
    ports
}

/// The ports of the returns with the labels and descriptions of the doc comment. `N` is their number.
///
/// Fails to compile when more returns are described than there are.
pub const fn describe_returns<const N: usize>(
    ports: &[Port],
    documented: &[(&'static str, &'static str)],
) -> [Port; N] {
    assert!(documented.len() <= N, "the section `# Returns` describes more returns than the function has");
    let mut described = [Port::new(PortKind::Int); N];
    let mut index = 0;
    while index < N {
        described[index] = ports[index];
        if index < documented.len() {
            let (label, description) = documented[index];
            described[index] = ports[index].labelled(label).described(description);
        }
        index += 1;
    }
    described
}

/// The uses of a type that generated code has checked before, in one place and on the user's own tokens.
///
/// Each function stands here for types that have passed the check, and in [`Unchecked`] for those that have not. As
/// the compiler prefers what stands here, the other ones are reached only in a program that does not compile, where
/// they keep one mistake from being reported several times.
#[derive(Debug)]
pub struct Checked<T>(PhantomData<fn() -> T>);

impl<T: Parameter> Checked<T> {
    /// Reads the parameter called `key`.
    pub fn take<'a>(
        invocation: &'a Invocation,
        arguments: &'a Arguments<'_>,
        key: &'static str,
    ) -> impl Future<Output = Result<T, Failure>> + Send {
        T::take(invocation, arguments, key)
    }

    /// Reads the parameter called `key`, or makes its default.
    pub fn take_or<'a>(
        invocation: &'a Invocation,
        arguments: &'a Arguments<'_>,
        key: &'static str,
        default: fn() -> T,
    ) -> impl Future<Output = Result<T, Failure>> + Send {
        arguments.take_or(invocation, key, default)
    }

    /// Writes the argument called `key`.
    pub fn put<'a>(
        writer: &'a mut ArgumentsWriter<'_>,
        key: &'static str,
        value: T,
    ) -> impl Future<Output = Result<(), ValueError>> + Send
    where
        T: Shrink + 'a,
    {
        writer.put(key, value)
    }

    /// Writes the argument called `key`, or a null that stands for its default.
    pub fn put_or_default<'a>(
        writer: &'a mut ArgumentsWriter<'_>,
        key: &'static str,
        value: Option<T>,
    ) -> impl Future<Output = Result<(), ValueError>> + Send
    where
        T: Shrink + 'a,
    {
        writer.put_or_default(key, value)
    }

    /// The JSON of a default.
    ///
    /// # Errors
    /// When the default has no JSON.
    pub fn default_json(default: T) -> Result<Box<RawValue>, ValueError>
    where
        T: Shrink,
    {
        default_json(default)
    }
}

impl<O: Output> Checked<O> {
    /// The ports of the returns.
    pub const RETURNS: &'static [Port] = <O::Returns as Returns>::PORTS;

    /// Hands over what the function evaluated to.
    pub fn finish(invocation: &Invocation, output: O) -> impl Future<Output = Result<(), Failure>> + Send {
        invocation.finish(output)
    }
}

/// What [`Checked`] has for types that have not passed the check.
pub trait Unchecked<T> {
    /// No ports.
    const RETURNS: &'static [Port] = &[];

    /// Fails.
    fn take(_: &Invocation, _: &Arguments<'_>, _: &'static str) -> Ready<Result<T, Failure>> {
        ready(Err(not_checked()))
    }

    /// Fails.
    fn take_or(
        _: &Invocation,
        _: &Arguments<'_>,
        _: &'static str,
        _: fn() -> T,
    ) -> Ready<Result<T, Failure>> {
        ready(Err(not_checked()))
    }

    /// Writes nothing.
    fn put(_: &mut ArgumentsWriter<'_>, _: &'static str, _: T) -> Ready<Result<(), ValueError>> {
        ready(Ok(()))
    }

    /// Writes nothing.
    fn put_or_default(
        _: &mut ArgumentsWriter<'_>,
        _: &'static str,
        _: Option<T>,
    ) -> Ready<Result<(), ValueError>> {
        ready(Ok(()))
    }

    /// Fails.
    ///
    /// # Errors
    /// Always.
    fn default_json(_: T) -> Result<Box<RawValue>, ValueError> {
        Err(ValueError::invalid("its type has no port"))
    }

    /// Fails.
    fn finish(_: &Invocation, _: T) -> Ready<Result<(), Failure>> {
        ready(Err(not_checked()))
    }
}

impl<T> Unchecked<T> for Checked<T> {}

fn not_checked() -> Failure {
    Failure::Failed("a type of the function has no port".to_owned())
}
