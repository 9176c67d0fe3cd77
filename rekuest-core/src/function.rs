//! Functions as a registry holds them: registered by `#[register]`, or made from a closure.

use std::collections::BTreeSet;
use std::fmt;
use std::future::Future;
use std::num::NonZeroUsize;
use std::panic::Location;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use serde::ser::{Error as _, SerializeStruct as _};
use serde::{Serialize, Serializer};

use crate::arguments::default_json;
use crate::definition::{ActionKind, DefinitionBuf};
use crate::dependency::Dependency;
use crate::implementation::{Execution, Implementation};
use crate::injected::{Need, Needed};
use crate::invocation::{Failure, Invocation};
use crate::port::{Json, Port, PortBuf};
use crate::returns::{Output, Returns};
use crate::value::{Expand, PortType, Shrink};

/// A function that can be run by an agent.
///
/// Functions with `#[register]` become one by themselves. Others are made from a closure, whose ports are named by
/// the array beside it:
///
/// ```
/// use rekuest_core::Function;
///
/// let scale = Function::blocking("scale", ["value", "by"], |value: f64, by: f64| value * by)
///     .description("Scales a value")
///     .describe("by", "the factor")
///     .default("by", 2.0);
/// # let mut registry = rekuest_core::Registry::new();
/// # registry.add(scale).unwrap();
/// ```
///
/// A closure finds the assignation that it runs for with [`task::current()`](crate::task::current).
#[derive(Clone)]
pub struct Function(Source);

#[derive(Clone)]
enum Source {
    Registered(&'static Implementation),
    Closure(Arc<FromClosure>),
}

#[derive(Clone)]
struct FromClosure {
    interface: String,
    definition: Arc<DefinitionBuf>,
    run: Arc<dyn Run>,
    execution: Execution,
    concurrency: Option<NonZeroUsize>,
    group: Option<String>,
    dependencies: Vec<Dependency>,
    location: &'static Location<'static>,
    error: Option<FunctionError>,
}

/// What is wrong with a function made from a closure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FunctionError {
    /// An argument is described that the function does not have.
    #[error("it has no argument `{key}`; its arguments are: {keys}")]
    UnknownArgument {
        /// The key that was given.
        key: String,
        /// The keys there are.
        keys: String,
    },
    /// A return is described that the function does not have.
    #[error("it has no return {index}; it has {returns}, counted from 0")]
    UnknownReturn {
        /// The position that was given.
        index: usize,
        /// How many returns there are.
        returns: usize,
    },
    /// Two arguments have one key.
    #[error("two of its arguments are called `{0}`")]
    DuplicateArgument(String),
    /// A default is not of the argument's kind, or has no JSON.
    #[error("the default of its argument {0}")]
    Default(String),
    /// A port cannot be written as JSON.
    #[error("its ports cannot be written: {0}")]
    Ports(String),
}

impl From<&'static Implementation> for Function {
    fn from(implementation: &'static Implementation) -> Self {
        Self(Source::Registered(implementation))
    }
}

impl Function {
    /// A function from a closure that may block: it runs on the blocking pool. `keys` names its arguments in order.
    #[track_caller]
    pub fn blocking<const N: usize, F, A>(
        interface: impl Into<String>,
        keys: [&'static str; N],
        function: F,
    ) -> Self
    where
        F: Closure<N, A>,
        F::Output: Output,
    {
        let definition = definition::<N, A, F, F::Output>(&keys);
        let function = Arc::new(function);
        Self::from_closure(
            interface.into(),
            definition,
            Execution::Blocking,
            move |invocation: Invocation, definition: Arc<DefinitionBuf>| {
                let function = Arc::clone(&function);
                async move {
                    let args = F::expand(&invocation, &definition, keys).await?;
                    invocation.finish(function.call(args)).await
                }
            },
        )
    }

    /// A function from a closure that returns a future: it runs on the runtime and must not block. `keys` names its
    /// arguments in order.
    #[track_caller]
    pub fn future<const N: usize, F, A>(
        interface: impl Into<String>,
        keys: [&'static str; N],
        function: F,
    ) -> Self
    where
        F: Closure<N, A>,
        F::Output: Future<Output: Output> + Send,
    {
        let definition = definition::<N, A, F, <F::Output as Future>::Output>(&keys);
        let function = Arc::new(function);
        Self::from_closure(
            interface.into(),
            definition,
            Execution::Async,
            move |invocation: Invocation, definition: Arc<DefinitionBuf>| {
                let function = Arc::clone(&function);
                async move {
                    let args = F::expand(&invocation, &definition, keys).await?;
                    let output = function.call(args).await;
                    invocation.finish(output).await
                }
            },
        )
    }

    #[track_caller]
    fn from_closure(
        interface: String,
        definition: Result<DefinitionBuf, FunctionError>,
        execution: Execution,
        run: impl Run + 'static,
    ) -> Self {
        let (mut definition, error) = match definition {
            Ok(definition) => (definition, None),
            Err(error) => (empty_definition(), Some(error)),
        };
        definition.name = title_case(&interface);
        let run: Arc<dyn Run> = Arc::new(run);
        Self(Source::Closure(Arc::new(FromClosure {
            interface,
            definition: Arc::new(definition),
            run,
            execution,
            concurrency: None,
            group: None,
            dependencies: Vec::new(),
            location: Location::caller(),
            error,
        })))
    }

    /// The same function under another name for people. Without it the name is the interface in Title Case.
    #[must_use]
    pub fn name(self, name: impl Into<String>) -> Self {
        self.change(|definition| {
            definition.name = name.into();
            definition.is_dev = false;
            Ok(())
        })
    }

    /// The same function with a description of what it does.
    #[must_use]
    pub fn description(self, description: impl Into<String>) -> Self {
        self.change(|definition| {
            definition.description = Some(description.into());
            definition.is_dev = false;
            Ok(())
        })
    }

    /// The same function with a description of one argument.
    #[must_use]
    pub fn describe(self, key: &str, description: impl Into<String>) -> Self {
        self.change(|definition| {
            let port = argument(definition, key)?;
            port.description = Some(description.into());
            port.label.get_or_insert_with(|| key.to_owned());
            Ok(())
        })
    }

    /// The same function with a description of the return at `index`, from 0.
    #[must_use]
    pub fn describe_return(self, index: usize, description: impl Into<String>) -> Self {
        self.change(|definition| {
            let returns = definition.returns.len();
            let port =
                definition.returns.get_mut(index).ok_or(FunctionError::UnknownReturn { index, returns })?;
            port.description = Some(description.into());
            Ok(())
        })
    }

    /// The same function with a default for one argument, which makes it nullable.
    #[must_use]
    pub fn default<T: Shrink>(self, key: &str, default: T) -> Self {
        self.change(|definition| {
            let port = argument(definition, key)?;
            let given = T::PORT.kind();
            if given != port.kind {
                return Err(FunctionError::Default(format!("`{key}` is {given}, expected {}", port.kind)));
            }
            let json = default_json(default)
                .map_err(|error| FunctionError::Default(error.at_key(key).to_string()))?;
            port.default = Some(Json::from(json));
            port.nullable = true;
            Ok(())
        })
    }

    /// The same function in these collections.
    #[must_use]
    pub fn collections(self, collections: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.change(|definition| {
            definition.collections = collections.into_iter().map(Into::into).collect();
            Ok(())
        })
    }

    /// The same function as one that depends on state.
    #[must_use]
    pub fn stateful(self) -> Self {
        self.change(|definition| {
            definition.stateful = true;
            Ok(())
        })
    }

    /// The same function, of which at most so many invocations run at once; more wait, in the order in which they came.
    #[must_use]
    pub fn concurrency(self, most: NonZeroUsize) -> Self {
        self.change_closure(|closure| closure.concurrency = Some(most))
    }

    /// The same function in a group, of which one function runs at a time, in the order in which they were called: for
    /// what shares an instrument, say.
    #[must_use]
    pub fn group(self, group: impl Into<String>) -> Self {
        self.change_closure(|closure| closure.group = Some(group.into()))
    }

    /// The same function, which calls that one: `.dependency(<other as Callable>::DEPENDENCY)`.
    #[must_use]
    pub fn dependency(self, dependency: Dependency) -> Self {
        self.change_closure(|closure| closure.dependencies.push(dependency))
    }

    fn change_closure(mut self, change: impl FnOnce(&mut FromClosure)) -> Self {
        if let Source::Closure(closure) = &mut self.0 {
            change(Arc::make_mut(closure));
        }
        self
    }

    /// Changes the definition of a closure; the first mistake is kept for the registry. What `#[register]` made is a
    /// constant and stays as it is.
    fn change(mut self, change: impl FnOnce(&mut DefinitionBuf) -> Result<(), FunctionError>) -> Self {
        if let Source::Closure(closure) = &mut self.0 {
            let closure = Arc::make_mut(closure);
            if let Err(error) = change(Arc::make_mut(&mut closure.definition)) {
                closure.error.get_or_insert(error);
            }
        }
        self
    }

    /// The name under which an agent offers it.
    pub fn interface(&self) -> &str {
        match &self.0 {
            Source::Registered(implementation) => implementation.interface,
            Source::Closure(closure) => &closure.interface,
        }
    }

    /// Where it runs.
    pub fn execution(&self) -> Execution {
        match &self.0 {
            Source::Registered(implementation) => implementation.execution,
            Source::Closure(closure) => closure.execution,
        }
    }

    /// How many invocations of it run at once, if that is limited.
    pub fn most_at_once(&self) -> Option<NonZeroUsize> {
        match &self.0 {
            Source::Registered(implementation) => implementation.concurrency,
            Source::Closure(closure) => closure.concurrency,
        }
    }

    /// The groups of functions of which one runs at a time that it is in: its own, and those of what it changes. Each
    /// once, by name.
    pub fn groups(&self) -> BTreeSet<&str> {
        match &self.0 {
            Source::Registered(implementation) => {
                let needs = if implementation.ungrouped { &[] } else { implementation.needs };
                needs.iter().flatten().filter_map(Need::group).chain(implementation.group).collect()
            }
            Source::Closure(closure) => closure.group.as_deref().into_iter().collect(),
        }
    }

    /// What it needs of its app.
    pub fn needs(&self) -> impl Iterator<Item = Needed> {
        let needs = match &self.0 {
            Source::Registered(implementation) => implementation.needs,
            Source::Closure(_) => &[],
        };
        needs.iter().flatten().map(Need::needed)
    }

    /// The functions that it calls.
    pub fn dependencies(&self) -> &[Dependency] {
        match &self.0 {
            Source::Registered(implementation) => implementation.dependencies,
            Source::Closure(closure) => &closure.dependencies,
        }
    }

    /// Where it stands in the source: `src/main.rs:12`.
    pub fn location(&self) -> impl fmt::Display + '_ {
        match &self.0 {
            Source::Registered(implementation) => implementation.location,
            Source::Closure(closure) => {
                crate::Location { file: closure.location.file(), line: closure.location.line() }
            }
        }
    }

    /// The documented signature, owned.
    ///
    /// # Errors
    /// When a default has no JSON; the message names the port.
    pub fn definition(&self) -> Result<DefinitionBuf, serde_json::Error> {
        match &self.0 {
            Source::Registered(implementation) => implementation.definition.to_buf(),
            Source::Closure(closure) => Ok(DefinitionBuf::clone(&closure.definition)),
        }
    }

    /// Starts an invocation.
    pub fn run(&self, invocation: Invocation) -> BoxFuture<'static, Result<(), Failure>> {
        match &self.0 {
            Source::Registered(implementation) => (implementation.handler)(invocation),
            Source::Closure(closure) => closure.run.run(invocation, Arc::clone(&closure.definition)),
        }
    }

    pub(crate) fn error(&self) -> Option<&FunctionError> {
        match &self.0 {
            Source::Registered(_) => None,
            Source::Closure(closure) => closure.error.as_ref(),
        }
    }

    /// 0 for what tests nothing, else one more than what it tests.
    pub fn test_depth(&self) -> usize {
        match &self.0 {
            Source::Registered(implementation) => implementation.definition.test_depth(),
            Source::Closure(closure) => usize::from(!closure.definition.is_test_for.is_empty()),
        }
    }
}

/// Writes the `ImplementationInput` that a server is sent (protocol, section 2).
impl Serialize for Function {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut implementation = serializer.serialize_struct("Implementation", 5)?;
        implementation.serialize_field("interface", self.interface())?;
        implementation.serialize_field("dynamic", &false)?;
        match &self.0 {
            Source::Registered(registered) => {
                implementation.serialize_field("logo", &registered.definition.logo())?;
                implementation.serialize_field("dependencies", registered.dependencies)?;
                implementation.serialize_field("definition", &registered.definition)?;
            }
            Source::Closure(closure) => {
                if let Some(error) = &closure.error {
                    return Err(S::Error::custom(error));
                }
                implementation.serialize_field("logo", &closure.definition.logo)?;
                implementation.serialize_field("dependencies", &closure.dependencies)?;
                implementation.serialize_field("definition", &*closure.definition)?;
            }
        }
        implementation.end()
    }
}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Function({} at {})", self.interface(), self.location())
    }
}

/// Runs a closure.
trait Run: Send + Sync {
    fn run(
        &self,
        invocation: Invocation,
        definition: Arc<DefinitionBuf>,
    ) -> BoxFuture<'static, Result<(), Failure>>;
}

impl<F, Fut> Run for F
where
    F: Fn(Invocation, Arc<DefinitionBuf>) -> Fut + Send + Sync,
    Fut: Future<Output = Result<(), Failure>> + Send + 'static,
{
    fn run(
        &self,
        invocation: Invocation,
        definition: Arc<DefinitionBuf>,
    ) -> BoxFuture<'static, Result<(), Failure>> {
        Box::pin(self(invocation, definition))
    }
}

/// A closure of up to eight arguments with ports. `A` is their tuple, `N` their number.
///
/// There is nothing to implement: closures and functions have it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a function with {N} arguments",
    note = "the array beside the closure names its arguments, one key for each; each argument's type needs a port"
)]
pub trait Closure<const N: usize, A>: Send + Sync + 'static {
    /// What it evaluates to.
    type Output: Send + 'static;
    /// Its arguments.
    type Args: Send + 'static;

    /// The ports of its arguments, under these keys.
    fn ports(keys: &[&'static str; N]) -> [Port; N];

    /// Reads its arguments.
    fn expand(
        invocation: &Invocation,
        definition: &DefinitionBuf,
        keys: [&'static str; N],
    ) -> impl Future<Output = Result<Self::Args, Failure>> + Send;

    /// Calls it.
    fn call(&self, args: Self::Args) -> Self::Output;
}

macro_rules! closure {
    ($n:literal $($type:ident $value:ident $index:literal),*) => {
        impl<F, O, $($type),*> Closure<$n, ($($type,)*)> for F
        where
            F: Fn($($type),*) -> O + Send + Sync + 'static,
            O: Send + 'static,
            $($type: PortType + Expand + 'static,)*
        {
            type Output = O;
            type Args = ($($type,)*);

            fn ports(keys: &[&'static str; $n]) -> [Port; $n] {
                let _ = keys;
                [$($type::PORT.keyed(keys[$index])),*]
            }

            async fn expand(
                invocation: &Invocation,
                definition: &DefinitionBuf,
                keys: [&'static str; $n],
            ) -> Result<Self::Args, Failure> {
                let _ = keys;
                let arguments = invocation.arguments()?.or_defaults(definition);
                let _ = &arguments;
                Ok(($(arguments.take::<$type>(invocation, keys[$index]).await?,)*))
            }

            fn call(&self, ($($value,)*): Self::Args) -> O {
                self($($value),*)
            }
        }
    };
}

closure!(0);
closure!(1 A a 0);
closure!(2 A a 0, B b 1);
closure!(3 A a 0, B b 1, C c 2);
closure!(4 A a 0, B b 1, C c 2, D d 3);
closure!(5 A a 0, B b 1, C c 2, D d 3, E e 4);
closure!(6 A a 0, B b 1, C c 2, D d 3, E e 4, G g 5);
closure!(7 A a 0, B b 1, C c 2, D d 3, E e 4, G g 5, H h 6);
closure!(8 A a 0, B b 1, C c 2, D d 3, E e 4, G g 5, H h 6, I i 7);

fn empty_definition() -> DefinitionBuf {
    DefinitionBuf {
        name: String::new(),
        description: Some(crate::definition::NO_DESCRIPTION.to_owned()),
        kind: ActionKind::Function,
        collections: Vec::new(),
        stateful: false,
        port_groups: Vec::new(),
        args: Vec::new(),
        returns: Vec::new(),
        is_test_for: Vec::new(),
        interfaces: Vec::new(),
        is_dev: true,
        logo: None,
    }
}

fn definition<const N: usize, A, F: Closure<N, A>, O: Output>(
    keys: &[&'static str; N],
) -> Result<DefinitionBuf, FunctionError> {
    for (index, key) in keys.iter().enumerate() {
        if keys[..index].contains(key) {
            return Err(FunctionError::DuplicateArgument((*key).to_owned()));
        }
    }
    let mut definition = empty_definition();
    definition.args = owned(&F::ports(keys))?;
    definition.returns = owned(<O::Returns as Returns>::PORTS)?;
    Ok(definition)
}

fn owned(ports: &[Port]) -> Result<Vec<PortBuf>, FunctionError> {
    serde_json::to_string(ports)
        .and_then(|json| serde_json::from_str(&json))
        .map_err(|error| FunctionError::Ports(error.to_string()))
}

fn argument<'d>(definition: &'d mut DefinitionBuf, key: &str) -> Result<&'d mut PortBuf, FunctionError> {
    let keys: Vec<String> = definition.args.iter().map(|port| format!("`{}`", port.key)).collect();
    definition.args.iter_mut().find(|port| port.key == key).ok_or_else(|| FunctionError::UnknownArgument {
        key: key.to_owned(),
        keys: if keys.is_empty() { "none".to_owned() } else { keys.join(", ") },
    })
}

/// `move_stage` becomes `Move Stage`, as Python's `title` does it: what follows a letter is lower case, what follows
/// anything else upper case.
fn title_case(interface: &str) -> String {
    let mut title = String::with_capacity(interface.len());
    let mut after_letter = false;
    for char in interface.replace(['_', '-'], " ").trim().chars() {
        if after_letter {
            title.extend(char.to_lowercase());
        } else {
            title.extend(char.to_uppercase());
        }
        after_letter = char.is_alphabetic();
    }
    title
}
