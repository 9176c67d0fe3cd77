//! A file that is there while the app's functions can be called: for containers and scripts, which look for it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Keeps the file in step with an app, until this is dropped: then there is none. A process that is killed leaves it
/// behind, and the next one with the same path removes it when it starts.
#[derive(Debug)]
pub(crate) struct ReadyFile {
    file: Arc<Mutex<PidFile>>,
    follows: JoinHandle<()>,
}

#[derive(Debug)]
struct PidFile {
    path: PathBuf,
    /// Nothing is written any more.
    closed: bool,
}

impl ReadyFile {
    /// Follows `ready`.
    ///
    /// # Errors
    /// A sentence, when there is a file already that was not left by another process, or one that cannot be removed.
    pub(crate) fn keep(path: PathBuf, mut ready: watch::Receiver<bool>) -> Result<Self, String> {
        let path = std::path::absolute(&path).map_err(|error| unusable(&path, &error.to_string()))?;
        remove_left_behind(&path)?;
        let file = Arc::new(Mutex::new(PidFile { path, closed: false }));
        let kept = Arc::clone(&file);
        let follows = tokio::spawn(async move {
            loop {
                let is_ready = *ready.borrow_and_update();
                lock(&kept).set(is_ready);
                if ready.changed().await.is_err() {
                    break;
                }
            }
        });
        Ok(Self { file, follows })
    }
}

impl Drop for ReadyFile {
    fn drop(&mut self) {
        self.follows.abort();
        let mut file = lock(&self.file);
        file.set(false);
        // The task may be about to write, and ends at its next await only.
        file.closed = true;
    }
}

impl PidFile {
    fn set(&self, is_ready: bool) {
        if self.closed {
            return;
        }
        let done = if is_ready { self.write() } else { remove(&self.path) };
        if let Err(error) = done {
            tracing::error!(path = %self.path.display(), %error, "the ready file cannot be changed");
        }
    }

    /// Through a file beside it, so that nobody finds it empty.
    fn write(&self) -> io::Result<()> {
        let pid = std::process::id();
        let mut new = self.path.clone().into_os_string();
        new.push(format!(".{pid}"));
        fs::write(&new, format!("{pid}\n"))?;
        fs::rename(&new, &self.path).inspect_err(|_| {
            // The error of renaming says more.
            let _ = fs::remove_file(&new);
        })
    }
}

fn lock(file: &Mutex<PidFile>) -> std::sync::MutexGuard<'_, PidFile> {
    // A path and a flag are in order at any time.
    file.lock().unwrap_or_else(PoisonError::into_inner)
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// Removes what a process has left behind, and nothing else: a path can be mistyped.
fn remove_left_behind(path: &Path) -> Result<(), String> {
    let removed = match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => Err(error),
        Ok(bytes) if !is_pid(&bytes) => {
            return Err(unusable(
                path,
                "it is there already, and holds something other than the id of a process",
            ));
        }
        Ok(_) => remove(path),
    };
    removed.map_err(|error| unusable(path, &error.to_string()))
}

/// An empty file is none of anybody either.
fn is_pid(bytes: &[u8]) -> bool {
    bytes.len() <= 16 && bytes.trim_ascii().iter().all(u8::is_ascii_digit)
}

fn unusable(path: &Path, why: &str) -> String {
    format!("the ready file `{}` cannot be used: {why}", path.display())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    /// Waits until the file holds the id of this process, or is gone.
    async fn until(path: &Path, there: bool) {
        let started = Instant::now();
        let pid = format!("{}\n", std::process::id());
        while fs::read_to_string(path).ok() != there.then(|| pid.clone()) {
            assert!(started.elapsed() < Duration::from_secs(10), "the file is there: {}", path.exists());
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    #[tokio::test]
    async fn the_file_is_there_while_the_app_is_ready() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("ready");
        fs::write(&path, "12345\n").expect("what another process has left");
        let (ready, watched) = watch::channel(false);
        let file = ReadyFile::keep(path.clone(), watched).expect("a file of its own");
        assert!(!path.exists());
        for is_ready in [true, false, true] {
            ready.send_replace(is_ready);
            until(&path, is_ready).await;
        }
        drop(file);
        assert!(!path.exists());
        ready.send_replace(true);
        tokio::task::yield_now().await;
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0);
    }

    #[tokio::test]
    async fn a_file_of_somebody_else_is_not_touched() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("notes");
        fs::write(&path, "precious").expect("a file");
        let error = ReadyFile::keep(path.clone(), watch::channel(true).1).expect_err("not ours");
        assert!(error.contains("notes` cannot be used: it is there already"), "{error}");
        let error = ReadyFile::keep(folder.path().to_owned(), watch::channel(true).1).expect_err("a folder");
        assert!(error.contains("cannot be used"), "{error}");
        assert_eq!(fs::read_to_string(&path).expect("the file"), "precious");
    }
}
