//! Claim tokens that are kept from one run to the next, so that a user lets an app in once and not with each command, and a
//! token that is good for one time lets it in once and for all.
//!
//! They stand in `claims` below `$REKUEST_LOCAL_DIR`, else in `rekuest/claims` below `$XDG_STATE_HOME` or `~/.local/state`: one
//! file for each deployment and app, which only this user can read.

use std::env;
use std::fs::{self, DirBuilder};
use std::io::{self, Write as _};
use std::path::PathBuf;

use rekuest_client::Login;
use rekuest_core::Token;
use tempfile::NamedTempFile;

/// Where the claim token of an app is kept.
#[derive(Debug)]
pub(crate) struct Kept {
    folder: PathBuf,
    name: String,
}

impl Kept {
    /// That of the app with this identifier for the deployment that the environment names; none where the environment
    /// gives a claim token of its own, or this user has no folder.
    pub(crate) fn of(identifier: &str) -> Option<Self> {
        let given = |name| env::var(name).ok().filter(|value| !value.trim().is_empty());
        if given("FAKTS_TOKEN").is_some() {
            return None;
        }
        let state = || {
            let home = || Some(PathBuf::from(given("HOME")?).join(".local/state"));
            given("XDG_STATE_HOME").map(PathBuf::from).or_else(home)
        };
        let local = given("REKUEST_LOCAL_DIR").map(PathBuf::from);
        let folder = local.or_else(|| Some(state()?.join("rekuest")))?.join("claims");
        let url = given("FAKTS_URL")?;
        Some(Self { folder, name: format!("{}@{}", plain(identifier), plain(url.trim())) })
    }

    /// The token, if one is kept.
    pub(crate) fn read(&self) -> Option<Token> {
        let text = fs::read_to_string(self.path()).ok()?;
        Some(text.trim()).filter(|text| !text.is_empty()).map(Token::new)
    }

    fn path(&self) -> PathBuf {
        self.folder.join(&self.name)
    }

    /// Keeps a token, in the place of the one before.
    fn write(&self, token: &Token) -> io::Result<()> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.folder)?;
        // For this user alone; nobody ever reads half of it, and nothing is left of it if it cannot be kept.
        let mut file = NamedTempFile::new_in(&self.folder)?;
        file.write_all(token.expose().as_bytes())?;
        file.persist(self.path())?;
        Ok(())
    }
}

/// The same login with the token that is kept, which keeps the next one.
pub(crate) fn keeping(login: Login, kept: Option<Kept>) -> Login {
    let Some(kept) = kept else { return login };
    let login = match kept.read() {
        Some(token) => login.kept_claim_token(token),
        None => login,
    };
    login.on_claim_token(move |token| {
        if let Err(error) = kept.write(token) {
            let path = kept.path();
            tracing::warn!(path = %path.display(), %error, "the claim token cannot be kept; the app has to be let in again the next time");
        }
    })
}

/// As a part of the name of a file: what has another meaning there is written as `%2F`.
fn plain(text: &str) -> String {
    text.bytes().fold(String::new(), |mut plain, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => plain.push(char::from(byte)),
            other => plain.push_str(&format!("%{other:02X}")),
        }
        plain
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_kept_for_its_user_alone_and_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let kept = Kept { folder: folder.path().join("claims"), name: plain("lab.stage@https://h/") };
        assert!(kept.read().is_none());
        for token in ["one", "two"] {
            kept.write(&Token::new(token)).expect("written");
            assert_eq!(kept.read().expect("kept").expose(), token);
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            assert_eq!(fs::metadata(kept.path()).expect("a file").mode() & 0o777, 0o600);
        }
        let left = fs::read_dir(&kept.folder).expect("a folder").count();
        assert_eq!(left, 1);
    }

    #[test]
    fn names_of_files_are_plain_and_differ() {
        assert_eq!(plain("lab.stage"), "lab%2Estage");
        assert_ne!(plain("a/b"), plain("a%2Fb"));
    }
}
