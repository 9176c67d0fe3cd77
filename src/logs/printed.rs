//! What the process prints on standard output, for callers that ask for what a function prints.
//!
//! On unix, descriptor 1 is pointed at a temporary file for the meantime, so that it takes whatever prints: Rust, C and
//! child processes. Elsewhere it says that it cannot.

use rekuest_core::task::{Captured, PrintedOutput};

/// Takes standard output as a whole: give it to [`App::printed_output`](crate::App::printed_output). What the process
/// prints while nobody captures is untouched.
///
/// What C code keeps in its own buffers (`printf` without `fflush`) is printed whenever it empties them. At most 1 MiB is
/// given back, and the text says so if there was more.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct StandardOutput;

impl StandardOutput {
    /// The standard output of this process.
    pub fn new() -> Self {
        Self
    }
}

impl PrintedOutput for StandardOutput {
    fn capture(&self) -> Result<Box<dyn Captured>, String> {
        taken::take()
    }
}

#[cfg(not(unix))]
mod taken {
    use rekuest_core::task::Captured;

    pub(super) fn take() -> Result<Box<dyn Captured>, String> {
        Err("what is printed can only be captured on unix".to_owned())
    }
}

#[cfg(unix)]
mod taken {
    use std::fs::File;
    use std::io::{self, Write as _};
    use std::os::fd::{AsFd as _, OwnedFd};
    use std::os::unix::fs::FileExt as _;
    use std::sync::atomic::{AtomicBool, Ordering};

    use rekuest_core::task::Captured;

    /// The most bytes that are given back.
    const BOUND: usize = 1 << 20;

    static TAKEN: AtomicBool = AtomicBool::new(false);

    pub(super) fn take() -> Result<Box<dyn Captured>, String> {
        let alone = Alone::begin().ok_or("what is printed is captured already, for somebody else")?;
        Taken::begin(alone)
            .map(|taken| Box::new(taken) as Box<dyn Captured>)
            .map_err(|error| format!("what is printed cannot be captured: {error}"))
    }

    /// While this lives, nobody else takes standard output.
    struct Alone(());

    impl Alone {
        fn begin() -> Option<Self> {
            (!TAKEN.swap(true, Ordering::AcqRel)).then(|| Self(()))
        }
    }

    impl Drop for Alone {
        fn drop(&mut self) {
            TAKEN.store(false, Ordering::Release);
        }
    }

    /// While this lives, standard output is `file`.
    struct Taken {
        file: File,
        original: OwnedFd,
        /// Dropped last: by then standard output is given back.
        _alone: Alone,
    }

    impl Taken {
        fn begin(alone: Alone) -> io::Result<Self> {
            let file = tempfile::tempfile()?;
            let stdout = io::stdout();
            // A line that is not ended yet was not printed meanwhile.
            stdout.lock().flush()?;
            let original = stdout.as_fd().try_clone_to_owned()?;
            rustix::stdio::dup2_stdout(&file)?;
            Ok(Self { file, original, _alone: alone })
        }

        /// What is in the file. Its position stays, for a child process may write on.
        fn read(&self) -> io::Result<String> {
            let length = self.file.metadata()?.len();
            let mut bytes = vec![0; usize::try_from(length).unwrap_or(BOUND).min(BOUND)];
            self.file.read_exact_at(&mut bytes, 0)?;
            let mut text = String::from_utf8_lossy(&bytes).into_owned();
            if length > BOUND as u64 {
                text.push_str(&format!("\n… (cut: {length} bytes were printed, at most 1 MiB is sent)\n"));
            }
            Ok(text)
        }

        fn give_back(&self) -> io::Result<()> {
            // What was printed without the end of a line belongs to the file; an error means that it cannot be written
            // there, and standard output is given back all the same.
            let _ = io::stdout().lock().flush();
            Ok(rustix::stdio::dup2_stdout(&self.original)?)
        }
    }

    impl Drop for Taken {
        fn drop(&mut self) {
            if let Err(error) = self.give_back() {
                tracing::error!(%error, "standard output cannot be given back");
            }
        }
    }

    impl Captured for Taken {
        fn finish(self: Box<Self>) -> String {
            if let Err(error) = self.give_back() {
                tracing::error!(%error, "standard output cannot be given back");
            }
            self.read().unwrap_or_else(|error| format!("what was printed cannot be read: {error}"))
        }
    }
}
