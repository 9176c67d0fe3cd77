#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
/// Connects.
fn connect(instance: &str) -> Result<(Stage, Position), StageError> {
    Stage::open(instance)
}
///The startup function `connect`, for `after` and for `App::hook`.
#[allow(non_camel_case_types, reason = "a hook and its struct have one name")]
struct connect {}
impl ::rekuest::__core::hook::HookFunction<::rekuest::__core::hook::Startup>
for connect {
    const HOOK: ::rekuest::__core::hook::Startup = ::rekuest::__core::hook::Startup {
        about: ::rekuest::__core::hook::About {
            name: "connect",
            location: ::rekuest::__core::Location {
                file: ::core::file!(),
                line: ::core::line!(),
            },
            after: &[],
            execution: ::rekuest::__core::Execution::Blocking,
        },
        timeout: ::core::time::Duration::from_millis(20000u64),
        provides: ::rekuest::__core::hook::given_by::<
            Result<(Stage, Position), StageError>,
        >,
        run: |given| {
            use ::rekuest::__core::hook::{Starts as __Starts, UncheckedStarts as _};
            __Starts::<
                Result<(Stage, Position), StageError>,
            >::block(
                given,
                |instance| {
                    let _ = &instance;
                    connect(&instance)
                },
            )
        },
    };
}
#[allow(dead_code, reason = "it is for apps that name their hooks")]
impl connect {
    /// The hook, for `App::hook`.
    const HOOK: ::rekuest::__core::hook::Startup = <Self as ::rekuest::__core::hook::HookFunction<
        ::rekuest::__core::hook::Startup,
    >>::HOOK;
}
::rekuest::__core::__private::inventory::submit! {
    ::rekuest::__core::hook::RegisteredHook(::rekuest::__core::Hook::Startup(&
    connect::HOOK))
}
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
pub async fn home() {}
///The startup function `home`, for `after` and for `App::hook`.
#[allow(non_camel_case_types, reason = "a hook and its struct have one name")]
pub struct home {}
impl ::rekuest::__core::hook::HookFunction<::rekuest::__core::hook::Startup> for home {
    const HOOK: ::rekuest::__core::hook::Startup = ::rekuest::__core::hook::Startup {
        about: ::rekuest::__core::hook::About {
            name: "home",
            location: ::rekuest::__core::Location {
                file: ::core::file!(),
                line: ::core::line!(),
            },
            after: &[
                || const {
                    &<connect as ::rekuest::__core::hook::HookFunction<
                        ::rekuest::__core::hook::Startup,
                    >>::HOOK
                },
            ],
            execution: ::rekuest::__core::Execution::Async,
        },
        timeout: ::core::time::Duration::from_millis(2500u64),
        provides: ::rekuest::__core::hook::given_by::<()>,
        run: |given| {
            use ::rekuest::__core::hook::{Starts as __Starts, UncheckedStarts as _};
            __Starts::<
                (),
            >::spawn(
                given,
                |instance| async move {
                    let _ = &instance;
                    home().await
                },
            )
        },
    };
}
#[allow(dead_code, reason = "it is for apps that name their hooks")]
impl home {
    /// The hook, for `App::hook`.
    pub const HOOK: ::rekuest::__core::hook::Startup = <Self as ::rekuest::__core::hook::HookFunction<
        ::rekuest::__core::hook::Startup,
    >>::HOOK;
}
::rekuest::__core::__private::inventory::submit! {
    ::rekuest::__core::hook::RegisteredHook(::rekuest::__core::Hook::Startup(&
    home::HOOK))
}
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
/// Watches.
async fn watch(stage: Ctx<Stage>, position: State<Position>) -> Result<(), StageError> {
    stage.watch(position).await
}
///The background function `watch`, for `after` and for `App::hook`.
#[allow(non_camel_case_types, reason = "a hook and its struct have one name")]
struct watch {}
impl ::rekuest::__core::hook::HookFunction<::rekuest::__core::hook::Background>
for watch {
    const HOOK: ::rekuest::__core::hook::Background = ::rekuest::__core::hook::Background {
        about: ::rekuest::__core::hook::About {
            name: "watch",
            location: ::rekuest::__core::Location {
                file: ::core::file!(),
                line: ::core::line!(),
            },
            after: &[],
            execution: ::rekuest::__core::Execution::Async,
        },
        needs: &[
            <Ctx<Stage> as ::rekuest::__core::Injected>::NEED,
            <State<Position> as ::rekuest::__core::Injected>::NEED,
        ],
        on_failure: ::rekuest::__core::hook::OnFailure::Stop,
        run: |app| {
            use ::rekuest::__core::hook::{Runs as __Runs, UncheckedRuns as _};
            let _ = <Result<
                (),
                StageError,
            > as ::rekuest::__core::hook::HookOutput>::ended;
            __Runs::<
                ((Ctx<Stage>, (State<Position>, ())), Result<(), StageError>),
            >::spawn(app, |(value0, (value1, ()))| watch(value0, value1))
        },
    };
}
#[allow(dead_code, reason = "it is for apps that name their hooks")]
impl watch {
    /// The hook, for `App::hook`.
    const HOOK: ::rekuest::__core::hook::Background = <Self as ::rekuest::__core::hook::HookFunction<
        ::rekuest::__core::hook::Background,
    >>::HOOK;
}
::rekuest::__core::__private::inventory::submit! {
    ::rekuest::__core::hook::RegisteredHook(::rekuest::__core::Hook::Background(&
    watch::HOOK))
}
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
fn poll(stop: Stop) {}
///The background function `poll`, for `after` and for `App::hook`.
#[allow(non_camel_case_types, reason = "a hook and its struct have one name")]
struct poll {}
impl ::rekuest::__core::hook::HookFunction<::rekuest::__core::hook::Background>
for poll {
    const HOOK: ::rekuest::__core::hook::Background = ::rekuest::__core::hook::Background {
        about: ::rekuest::__core::hook::About {
            name: "poll",
            location: ::rekuest::__core::Location {
                file: ::core::file!(),
                line: ::core::line!(),
            },
            after: &[
                || const {
                    &<watch as ::rekuest::__core::hook::HookFunction<
                        ::rekuest::__core::hook::Background,
                    >>::HOOK
                },
            ],
            execution: ::rekuest::__core::Execution::Blocking,
        },
        needs: &[<Stop as ::rekuest::__core::Injected>::NEED],
        on_failure: ::rekuest::__core::hook::OnFailure::Restart,
        run: |app| {
            use ::rekuest::__core::hook::{Runs as __Runs, UncheckedRuns as _};
            let _ = <() as ::rekuest::__core::hook::HookOutput>::ended;
            __Runs::<((Stop, ()), ())>::block(app, |(value0, ())| poll(value0))
        },
    };
}
#[allow(dead_code, reason = "it is for apps that name their hooks")]
impl poll {
    /// The hook, for `App::hook`.
    const HOOK: ::rekuest::__core::hook::Background = <Self as ::rekuest::__core::hook::HookFunction<
        ::rekuest::__core::hook::Background,
    >>::HOOK;
}
::rekuest::__core::__private::inventory::submit! {
    ::rekuest::__core::hook::RegisteredHook(::rekuest::__core::Hook::Background(&
    poll::HOOK))
}
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
fn park(stage: Ctx<Stage>) {}
///The shutdown function `park`, for `after` and for `App::hook`.
#[allow(non_camel_case_types, reason = "a hook and its struct have one name")]
struct park {}
impl ::rekuest::__core::hook::HookFunction<::rekuest::__core::hook::Shutdown> for park {
    const HOOK: ::rekuest::__core::hook::Shutdown = ::rekuest::__core::hook::Shutdown {
        about: ::rekuest::__core::hook::About {
            name: "park",
            location: ::rekuest::__core::Location {
                file: ::core::file!(),
                line: ::core::line!(),
            },
            after: &[],
            execution: ::rekuest::__core::Execution::Blocking,
        },
        timeout: ::core::time::Duration::from_millis(1000u64),
        needs: &[<Ctx<Stage> as ::rekuest::__core::Injected>::NEED],
        run: |app| {
            use ::rekuest::__core::hook::{Runs as __Runs, UncheckedRuns as _};
            let _ = <() as ::rekuest::__core::hook::HookOutput>::ended;
            __Runs::<((Ctx<Stage>, ()), ())>::block(app, |(value0, ())| park(value0))
        },
    };
}
#[allow(dead_code, reason = "it is for apps that name their hooks")]
impl park {
    /// The hook, for `App::hook`.
    const HOOK: ::rekuest::__core::hook::Shutdown = <Self as ::rekuest::__core::hook::HookFunction<
        ::rekuest::__core::hook::Shutdown,
    >>::HOOK;
}
::rekuest::__core::__private::inventory::submit! {
    ::rekuest::__core::hook::RegisteredHook(::rekuest::__core::Hook::Shutdown(&
    park::HOOK))
}
