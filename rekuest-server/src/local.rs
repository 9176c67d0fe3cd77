//! Hosting *the* local server of this user: the one that apps on this machine find without being told.
//!
//! Whoever hosts it holds a lock for as long as it lives, so there is one per user; the record beside the lock says
//! where the server is and holds the secret that apps derive their tokens from ([`rekuest_core::local`]). A process that
//! is killed leaves its record behind but not its lock, by which a reader can tell; the next host overwrites it.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rekuest_core::local::{self, LocalServer};
use tokio::time::sleep;
use uuid::Uuid;

use crate::server::{Builder, RunningServer, Server, StartError};

/// How often the lock is asked for, and how long in between.
const LOOKS: u32 = 20;
const LOOK: Duration = Duration::from_millis(25);

/// The local server, hosted by this process. Dropping it stops the server without waiting, and takes the record away.
#[derive(Debug)]
#[must_use = "the server stops when this is dropped"]
pub struct Hosted {
    /// The server.
    pub server: RunningServer,
    /// What apps find.
    pub record: LocalServer,
    published: Published,
}

/// Why the local server could not be hosted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LocalError {
    /// Another process hosts it. Use that one: its record says where it is.
    #[error("another process of this user hosts the local server already")]
    AlreadyHosted,
    /// Others could change what is in the folder. Point `REKUEST_LOCAL_DIR` to a folder that only you can write to.
    #[error("expected {} to be a folder that only you can write to: {reason}", .folder.display())]
    UnsafeFolder {
        /// The folder.
        folder: PathBuf,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A file could not be made. Look at the folder's permissions and space, or point `REKUEST_LOCAL_DIR` elsewhere.
    #[error("cannot write {}: {source}", .path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The server could not be started.
    #[error(transparent)]
    Start(#[from] StartError),
}

/// Starts the local server at `bind` and publishes it. `name` is what hosts it, for messages: the identifier of an
/// app.
///
/// # Errors
/// When another process hosts it, the folder is not safe, or the server cannot start; see [`LocalError`].
pub async fn host(name: &str, bind: SocketAddr) -> Result<Hosted, LocalError> {
    host_with(name, Server::builder().bind(bind)).await
}

/// The same, for a server that is set up further. Its local secret is set here.
///
/// # Errors
/// As [`host`].
pub async fn host_with(name: &str, builder: Builder) -> Result<Hosted, LocalError> {
    let lock = claim().await?;
    // That of a host that was killed: whoever sees the lock must not read it.
    let _ = fs::remove_file(local::record_file());
    let secret = secret();
    let server = builder.local_secret(secret.clone()).start().await?;
    let record = LocalServer { url: server.url(), secret, host: name.to_owned(), pid: std::process::id() };
    let path = local::record_file();
    write(&path, &record).map_err(|source| LocalError::File { path: path.clone(), source })?;
    Ok(Hosted { server, record, published: Published { path, _lock: lock } })
}

/// Takes the lock. Whoever looks for a server touches it for a moment, so it is asked for a few times while there is no
/// record of who has it.
async fn claim() -> Result<File, LocalError> {
    for _ in 0..LOOKS {
        match take_lock() {
            Err(LocalError::AlreadyHosted) if !local::record_file().exists() => sleep(LOOK).await,
            taken => return taken,
        }
    }
    take_lock()
}

/// Takes the lock; it is held for as long as the file is open.
fn take_lock() -> Result<File, LocalError> {
    let folder = local::folder();
    make_folder(&folder).map_err(|source| LocalError::File { path: folder.clone(), source })?;
    check_folder(&folder)?;
    let path = local::lock_file();
    let failed = |source| LocalError::File { path: path.clone(), source };
    let lock = private().create(true).truncate(false).open(&path).map_err(failed)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(LocalError::AlreadyHosted),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}

impl Hosted {
    /// Takes the record away, stops the server, and lets another process host.
    pub async fn shutdown(self) {
        self.published.withdraw();
        self.server.shutdown().await;
        drop(self.published);
    }
}

/// The record, taken away when this is dropped, before the lock is released.
#[derive(Debug)]
struct Published {
    path: PathBuf,
    _lock: File,
}

impl Published {
    fn withdraw(&self) {
        if let Err(error) = fs::remove_file(&self.path)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(path = %self.path.display(), %error, "the local server's record could not be removed");
        }
    }
}

impl Drop for Published {
    fn drop(&mut self) {
        self.withdraw();
    }
}

/// 244 random bits.
pub fn secret() -> String {
    format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple())
}

/// Makes the folder, for this user alone.
fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Refuses a folder in which somebody else could put another record in the place of ours. Whose it is shows when the
/// record is written: nobody but its owner can rename into it.
fn check_folder(folder: &Path) -> Result<(), LocalError> {
    let unsafe_folder = |reason| LocalError::UnsafeFolder { folder: folder.to_owned(), reason };
    let metadata = fs::symlink_metadata(folder)
        .map_err(|source| LocalError::File { path: folder.to_owned(), source })?;
    if !metadata.is_dir() {
        return Err(unsafe_folder("it is not a folder"));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        if metadata.mode() & 0o022 != 0 {
            return Err(unsafe_folder("others may write to it"));
        }
    }
    Ok(())
}

/// Opens files to write that only this user can read.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Writes the record beside its place and moves it there, so that nobody ever reads half of it.
fn write(path: &Path, record: &LocalServer) -> io::Result<()> {
    let json = serde_json::to_vec_pretty(record)?;
    let temporary = path.with_extension(format!("{}.tmp", std::process::id()));
    // One that a killed process of the same number left.
    let _ = fs::remove_file(&temporary);
    let mut file = private().create_new(true).open(&temporary)?;
    let written =
        file.write_all(&json).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written
}
