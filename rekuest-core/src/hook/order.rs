//! In which order hooks run: after those that they name, else by name.

use super::Hooked;

/// Which way hooks without an order of their own are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// By name: at the start.
    ByName,
    /// By name, backwards: at the end, so that what was made first goes last.
    Backwards,
}

/// Hooks that come after each other.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the hooks {} come after each other, so none of them can be the first; take one out of the others' `after`",
    .hooks.join(", ")
)]
pub struct CircularHooks {
    /// Their names and places.
    pub hooks: Vec<String>,
}

/// The hooks in the order in which they run. One that is not among them is not waited for.
///
/// # Errors
/// When some of them come after each other.
pub fn in_order<H: Hooked>(
    hooks: &[&'static H],
    direction: Direction,
) -> Result<Vec<&'static H>, CircularHooks> {
    let mut left: Vec<&'static H> = hooks.to_vec();
    let key = |hook: &&'static H| (hook.about().name, hook.about().location.file, hook.about().location.line);
    left.sort_by_key(key);
    if direction == Direction::Backwards {
        left.reverse();
    }
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let waits = |hook: &&'static H| {
            hook.about().after.iter().any(|earlier| left.iter().any(|one| one.about().is(earlier().about())))
        };
        let Some(next) = left.iter().position(|hook| !waits(hook)) else {
            let circle = circle(&left);
            return Err(CircularHooks {
                hooks: circle.iter().map(|hook| hook.about().to_string()).collect(),
            });
        };
        ordered.push(left.remove(next));
    }
    Ok(ordered)
}

/// Some hooks of which each comes after the next; each of `left` comes after another of them.
fn circle<H: Hooked>(left: &[&'static H]) -> Vec<&'static H> {
    let mut path: Vec<&'static H> = left.iter().take(1).copied().collect();
    loop {
        let Some(last) = path.last() else { return path };
        let earlier = left
            .iter()
            .find(|one| last.about().after.iter().any(|earlier| one.about().is(earlier().about())));
        let Some(earlier) = earlier else { return path };
        if let Some(begin) = path.iter().position(|one| one.about().is(earlier.about())) {
            return path.split_off(begin);
        }
        path.push(earlier);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hook::{About, Shutdown};
    use crate::{Execution, Location};

    macro_rules! hook {
        ($name:ident $line:literal $($after:ident)*) => {
            static $name: Shutdown = Shutdown {
                about: About {
                    name: stringify!($name),
                    location: Location { file: "src/main.rs", line: $line },
                    after: &[$(|| &$after),*],
                    execution: Execution::Async,
                },
                timeout: std::time::Duration::ZERO,
                needs: &[],
                run: |_| Box::pin(std::future::ready(Ok(()))),
            };
        };
    }

    hook!(A 1);
    hook!(B 2 C);
    hook!(C 3);
    hook!(D 4 E);
    hook!(E 5 F);
    hook!(F 6 E A);

    fn names(hooks: &[&'static Shutdown], direction: Direction) -> Vec<&'static str> {
        let ordered = in_order(hooks, direction).expect("an order");
        ordered.iter().map(|hook| hook.about.name).collect()
    }

    #[test]
    fn hooks_come_after_those_that_they_name_else_by_name() {
        assert_eq!(names(&[&C, &B, &A], Direction::ByName), ["A", "C", "B"]);
        assert_eq!(names(&[&A, &B, &C], Direction::Backwards), ["C", "B", "A"]);
        assert_eq!(names(&[&B, &A], Direction::ByName), ["A", "B"], "C is not there");
    }

    #[test]
    fn hooks_that_come_after_each_other_are_named() {
        let error = in_order(&[&A, &D, &E, &F], Direction::ByName).expect_err("no order");
        assert_eq!(
            error.to_string(),
            "the hooks `E` (src/main.rs:5), `F` (src/main.rs:6) come after each other, so none of them can be the first; \
             take one out of the others' `after`"
        );
    }
}
