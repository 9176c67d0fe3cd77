//! What a function or a hook needs of its app, as a constant.

use std::any::{TypeId, type_name};
use std::fmt;

/// What a parameter needs of the app.
#[derive(Clone, Copy)]
pub struct Need {
    kind: NeedKind,
    type_id: fn() -> TypeId,
    type_name: fn() -> &'static str,
    group: Option<&'static str>,
}

/// What kind of thing is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NeedKind {
    /// A shared value: `Ctx<T>`.
    Context,
    /// A state: `State<T>`.
    State,
}

/// What is needed or given, when the program runs: comparable, and by the name of its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Needed {
    kind: NeedKind,
    type_id: TypeId,
    type_name: &'static str,
}

impl Need {
    /// The context of type `T`.
    pub(crate) const fn context<T: super::Context>() -> Self {
        Self {
            kind: NeedKind::Context,
            type_id: TypeId::of::<T>,
            type_name: type_name::<T>,
            group: <T as super::Context>::GROUP,
        }
    }

    /// The state of type `T`.
    pub(crate) const fn state<T: super::StateType>() -> Self {
        Self {
            kind: NeedKind::State,
            type_id: TypeId::of::<T>,
            type_name: type_name::<T>,
            group: <T as super::StateType>::GROUP,
        }
    }

    /// The same for who only looks at it, and so need not be alone with it.
    pub(crate) const fn read_only(self) -> Self {
        Self { group: None, ..self }
    }

    /// The group of functions that change it, of which one runs at a time.
    pub const fn group(&self) -> Option<&'static str> {
        self.group
    }

    /// What is needed.
    pub fn needed(&self) -> Needed {
        Needed { kind: self.kind, type_id: (self.type_id)(), type_name: (self.type_name)() }
    }
}

impl fmt::Debug for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.needed(), f)
    }
}

impl Needed {
    /// A context of this type.
    pub fn context<T: ?Sized + 'static>() -> Self {
        Self { kind: NeedKind::Context, type_id: TypeId::of::<T>(), type_name: type_name::<T>() }
    }

    /// A state of this type.
    pub fn state<T: ?Sized + 'static>() -> Self {
        Self { kind: NeedKind::State, type_id: TypeId::of::<T>(), type_name: type_name::<T>() }
    }

    /// A context or a state.
    pub fn kind(&self) -> NeedKind {
        self.kind
    }

    /// The name of its type, as the compiler has it: `microscope::stage::Stage`.
    pub fn type_name(&self) -> &'static str {
        self.type_name
    }

    /// What to do where it is missing.
    pub fn remedy(&self) -> &'static str {
        match self.kind {
            NeedKind::Context => "return it from a `#[startup]` function, or give it to `App::context`",
            NeedKind::State => "return it from a `#[startup]` function, or give it to `App::state`",
        }
    }
}

/// "context `microscope::Stage`".
impl fmt::Display for Needed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            NeedKind::Context => "context",
            NeedKind::State => "state",
        };
        write!(f, "{kind} `{}`", self.type_name)
    }
}
