//! The task of an assignation: what it tells, what it knows, where it is found, and the work that it starts.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use rekuest_core::invocation::{Host, Job};
use rekuest_core::message::{Assign, LogLevel};
use rekuest_core::task::{Cancelled, ChildError, NoTask, current};
use rekuest_core::{Contexts, Failure, Invocation, Task};
use serde_json::value::RawValue;

/// A host that keeps what it is told, and the work that it is given until it is told to run it.
struct Recorder {
    assign: Assign,
    contexts: Contexts,
    over: AtomicBool,
    told: Mutex<Vec<String>>,
    work: Mutex<Vec<BoxFuture<'static, ()>>>,
}

impl Recorder {
    fn of(assign: Assign) -> Arc<Self> {
        Arc::new(Self {
            assign,
            contexts: Contexts::default(),
            over: AtomicBool::default(),
            told: Mutex::default(),
            work: Mutex::default(),
        })
    }

    fn tell(&self, what: String) {
        self.told.lock().expect("nothing panics here").push(what);
    }

    fn told(&self) -> Vec<String> {
        self.told.lock().expect("nothing panics here").clone()
    }

    /// Gives up the work that was started, as at the end of an assignation.
    fn end(&self) {
        self.over.store(true, Ordering::Relaxed);
        self.work.lock().expect("nothing panics here").clear();
    }

    /// Runs all work that was started to its end.
    fn run(&self) {
        let work = std::mem::take(&mut *self.work.lock().expect("nothing panics here"));
        for work in work {
            work.now_or_never().expect("nothing here waits");
        }
    }
}

impl Host for Recorder {
    fn assign(&self) -> &Assign {
        &self.assign
    }

    fn contexts(&self) -> &Contexts {
        &self.contexts
    }

    fn yields(&self, returns: Box<RawValue>) -> BoxFuture<'_, Result<(), Failure>> {
        self.tell(format!("yield {returns}"));
        Box::pin(std::future::ready(Ok(())))
    }

    fn spawn_blocking(&self, job: Job) {
        std::thread::spawn(job);
    }

    fn spawn(&self, work: BoxFuture<'static, ()>) {
        self.work.lock().expect("nothing panics here").push(work);
    }

    fn progress(&self, percent: Option<u32>, message: Option<String>) {
        self.tell(format!("{percent:?} {}", message.unwrap_or_default()));
    }

    fn log(&self, level: LogLevel, message: String) {
        self.tell(format!("{level:?} {message}"));
    }

    fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }
}

fn assign(assignation: &str) -> Assign {
    let args = RawValue::from_string(r#"{"planes": 3}"#.to_owned()).expect("JSON");
    Assign::new("scan", assignation, args)
}

/// A task with this id, and its host.
fn task(id: &str) -> (Task, Arc<Recorder>) {
    let host = Recorder::of(assign(id));
    let task = Invocation::new(Arc::clone(&host) as Arc<dyn Host>).task();
    (task, host)
}

/// The id of the task that the calling code runs for.
fn current_id() -> Result<String, NoTask> {
    current().map(|task| task.id().to_owned())
}

#[test]
fn outside_of_an_assignation_there_is_no_task() {
    assert_eq!(current_id(), Err(NoTask));
    assert!(NoTask.to_string().contains("does not run for an assignation"));
}

#[test]
fn who_enters_a_task_is_found_until_the_end_of_it() {
    let ((outer, _), (inner, _)) = (task("outer"), task("inner"));
    {
        let _outer = outer.enter();
        assert_eq!(current_id().as_deref(), Ok("outer"));
        {
            let _inner = inner.enter();
            assert_eq!(current_id().as_deref(), Ok("inner"));
        }
        assert_eq!(current_id().as_deref(), Ok("outer"));
    }
    assert_eq!(current_id(), Err(NoTask));
}

#[test]
fn a_scope_is_entered_whenever_its_future_runs_and_only_then() {
    let ((outer, _), (inner, _)) = (task("outer"), task("inner"));
    let mut scoped = Box::pin(outer.scope(async {
        let before = current_id();
        let nested = inner.scope(async { current_id() }).await;
        let mut waited = false;
        std::future::poll_fn(|context| {
            context.waker().wake_by_ref();
            if std::mem::replace(&mut waited, true) {
                std::task::Poll::Ready(())
            } else {
                std::task::Poll::Pending
            }
        })
        .await;
        (before, nested, current_id())
    }));
    assert!((&mut scoped).now_or_never().is_none());
    assert_eq!(current_id(), Err(NoTask));
    let (before, nested, after) = scoped.now_or_never().expect("it waits once");
    assert_eq!(
        (before.as_deref(), nested.as_deref(), after.as_deref()),
        (Ok("outer"), Ok("inner"), Ok("outer"))
    );
    assert_eq!(current_id(), Err(NoTask));
}

#[test]
fn a_thread_is_left_in_order_by_a_scope_that_panics() {
    let (task, _host) = task("7");
    let panicked = std::panic::AssertUnwindSafe(task.scope(async { panic!("on purpose") })).catch_unwind();
    assert!(panicked.now_or_never().is_some_and(|ended: Result<(), _>| ended.is_err()));
    assert_eq!(current_id(), Err(NoTask));
}

#[test]
fn children_run_for_the_task_and_give_what_they_return() {
    let (task, host) = task("7");
    let child = task.spawn(async { current_id() });
    let blocking = task.spawn_blocking(current_id);
    host.run();
    assert_eq!(pollster::block_on(child), Ok(Ok("7".to_owned())));
    assert_eq!(pollster::block_on(blocking), Ok(Ok("7".to_owned())));
    assert_eq!(current_id(), Err(NoTask));
}

#[test]
fn children_that_panic_say_so() {
    let (task, host) = task("7");
    let child = task.spawn(async { panic!("no {}", "plane") });
    let blocking = task.spawn_blocking(|| panic!("no stage"));
    host.run();
    let ended: Result<(), ChildError> = pollster::block_on(child);
    assert_eq!(ended, Err(ChildError::Panicked("no plane".to_owned())));
    let ended: Result<(), ChildError> = pollster::block_on(blocking);
    assert_eq!(ended, Err(ChildError::Panicked("no stage".to_owned())));
}

#[test]
fn children_end_with_their_assignation() {
    let (task, host) = task("7");
    let child = task.spawn(std::future::pending::<()>());
    host.end();
    assert_eq!(pollster::block_on(child), Err(ChildError::Cancelled));
}

#[test]
fn progress_is_told_up_to_a_hundred() {
    let (task, host) = task("7");
    assert!(task.progress(40, "plane 1"));
    assert!(task.progress(140, format_args!("plane {}", 2)));
    assert!(task.log(LogLevel::Warn, "warm"));
    assert_eq!(host.told(), ["Some(40) plane 1", "Some(100) plane 2", "Warn warm"]);
}

#[test]
fn once_it_is_over_nothing_is_told_and_whoever_looks_knows() {
    let (task, host) = task("7");
    assert_eq!(task.check(), Ok(()));
    assert_eq!(task.blocking_breakpoint(), Ok(()));
    host.end();
    assert!(task.cancelled());
    assert_eq!(task.check(), Err(Cancelled));
    assert_eq!(task.blocking_breakpoint(), Err(Cancelled));
    assert!(!task.progress(50, "half"));
    assert!(!task.log(LogLevel::Info, "half"));
    assert!(host.told().is_empty());
}

#[test]
fn what_was_assigned_is_known() {
    let mut assigned = assign("7");
    assigned.reference = Some("mine".to_owned());
    assigned.app = Some("viewer".to_owned());
    assigned.parent = Some("6".to_owned());
    assigned.capture = true;
    let task = Invocation::new(Recorder::of(assigned)).task();
    assert_eq!((task.id(), task.interface()), ("7", "scan"));
    assert_eq!((task.reference(), task.app(), task.parent()), (Some("mine"), Some("viewer"), Some("6")));
    assert_eq!((task.user(), task.org(), task.action()), (None, None, None));
    assert_eq!(task.args().get(), r#"{"planes": 3}"#);
    assert!(task.dependencies().is_empty());
    assert!(task.captures());
    assert_eq!(format!("{task:?}"), "Task(7 of scan)");
}

#[test]
fn headers_name_the_assignation_and_who_is_known() {
    let (task, _host) = task("7");
    assert_eq!(task.headers().collect::<Vec<_>>(), [("x-assignation-id", "7")]);
    let mut assigned = assign("8");
    assigned.user = Some("1".to_owned());
    assigned.org = Some("2".to_owned());
    assigned.action = Some("abc".to_owned());
    let task = Invocation::new(Recorder::of(assigned)).task();
    assert_eq!(
        task.headers().collect::<Vec<_>>(),
        [
            ("x-assignation-id", "8"),
            ("x-assignation-user", "1"),
            ("x-assignation-org", "2"),
            ("x-assignation-action", "abc")
        ]
    );
}
