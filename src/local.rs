//! The local server of this user: found by its file, or hosted in this process.

use std::fs::{File, TryLockError};
use std::io::Read as _;
use std::sync::Arc;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use rekuest_client::{Access, AccessError, AccessSource, Endpoints, Renew};
use rekuest_core::local::{LocalServer, lock_file, record_file};

/// What the file of the local server says, if there is a server. The file of one that was killed stays behind, so
/// whether it lives is told by its lock. A file that is not this user's own is not believed.
pub(crate) fn find() -> Option<LocalServer> {
    if !is_hosted() {
        return None;
    }
    let path = record_file();
    let mut file = File::open(&path).ok()?;
    if !is_own(&file) {
        tracing::warn!(path = %path.display(), "the file of the local server belongs to somebody else and is not used");
        return None;
    }
    let mut record = String::new();
    file.read_to_string(&mut record).ok()?;
    serde_json::from_str(&record)
        .inspect_err(|error| tracing::warn!("the file of the local server cannot be read: {error}"))
        .ok()
}

/// Whether some process holds the lock, as whoever hosts the local server does.
fn is_hosted() -> bool {
    let lock = File::open(lock_file());
    lock.is_ok_and(|lock| matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

#[cfg(unix)]
fn is_own(file: &File) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    file.metadata().is_ok_and(|metadata| metadata.uid() == rustix::process::getuid().as_raw())
}

#[cfg(not(unix))]
fn is_own(_: &File) -> bool {
    true
}

/// The way to the local server for one app. It looks each time, so that a server that was started anew is found.
#[derive(Debug)]
pub(crate) struct LocalAccess {
    identifier: String,
}

impl LocalAccess {
    pub(crate) fn new(identifier: &str) -> Self {
        Self { identifier: identifier.to_owned() }
    }

    fn look(&self) -> Result<Access, AccessError> {
        let server = find().ok_or_else(|| {
            AccessError::new(
                "the local server has ended with the app that hosted it; it comes back with the next app that \
                 starts (run `rekuest-server` to keep one in a process of its own)",
            )
        })?;
        let endpoints = Endpoints::from_base(&server.url)
            .map_err(|error| AccessError::new(format!("the file of the local server is wrong: {error}")))?;
        Ok(Access { endpoints, token: server.token(&self.identifier) })
    }
}

impl AccessSource for LocalAccess {
    fn access(&self, _: Renew) -> BoxFuture<'_, Result<Access, AccessError>> {
        std::future::ready(self.look()).boxed()
    }
}

/// The local server, as an app finds it.
#[derive(Debug)]
pub(crate) struct Local {
    pub(crate) source: Arc<LocalAccess>,
    pub(crate) url: String,
    /// Who hosts it, if not this process.
    pub(crate) host: Option<String>,
    #[cfg(feature = "server")]
    pub(crate) hosted: Option<rekuest_server::local::Hosted>,
}

/// The local server that runs for this user, else one that is started in this process.
#[cfg(feature = "server")]
pub(crate) async fn find_or_host(identifier: &str) -> Result<Local, String> {
    use std::net::Ipv4Addr;
    use std::time::Duration;

    use rekuest_server::local::{LocalError, host};

    let source = Arc::new(LocalAccess::new(identifier));
    // Whoever has the lock may be about to write the file, or about to end.
    for _ in 0..50 {
        match host(identifier, (Ipv4Addr::LOCALHOST, 0).into()).await {
            Ok(hosted) => {
                let url = hosted.record.url.clone();
                return Ok(Local { source, url, host: None, hosted: Some(hosted) });
            }
            Err(LocalError::AlreadyHosted) => {
                if let Some(server) = find() {
                    return Ok(Local { source, url: server.url, host: Some(server.host), hosted: None });
                }
            }
            Err(error) => return Err(error.to_string()),
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Err(format!(
        "another process holds {}, but says nowhere where its server is",
        rekuest_core::local::lock_file().display()
    ))
}

/// The local server that runs for this user.
#[cfg(not(feature = "server"))]
pub(crate) async fn find_or_host(identifier: &str) -> Result<Local, String> {
    match find() {
        Some(server) => Ok(Local {
            source: Arc::new(LocalAccess::new(identifier)),
            url: server.url,
            host: Some(server.host),
        }),
        None => {
            Err("no server is named and none runs on this machine: give --url, or start `rekuest-server` \
                     (this program was built without the embedded server)"
                .to_owned())
        }
    }
}
