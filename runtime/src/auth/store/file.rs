//! A file for each token, which nobody but its owner can read.

use std::fs::{self, File, OpenOptions};
use std::future::ready;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{StoreTurn, StoredToken, TokenKey, TokenStore, turn};
use crate::auth::{AuthError, AuthErrorKind};
use crate::transport::BoxFuture;

/// Keeps tokens in a folder: a file each, with the token and its end and nothing else.
///
/// Files are written whole or not at all. On Unix the folder is made for its owner alone, files have
/// mode 0600, and a file that others may read is refused. A file's name says which token endpoint,
/// client id and scope it is for, shortened where that is long; the client's secret is not kept.
///
/// Several programs may share a folder. One of them asks for a token, with a lock on an empty file
/// beside the token's, and the others wait for it, half a minute at most. Where the file system has
/// no locks each may ask, and the last token is kept.
///
/// Reading and writing are done at once, without a thread of their own: a few hundred bytes, once a
/// token.
#[derive(Clone, Debug)]
pub struct FileTokenStore {
    folder: PathBuf,
}

impl FileTokenStore {
    /// A store in `folder`, which is made when the first token is saved.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    fn path(&self, key: TokenKey<'_>) -> PathBuf {
        self.folder.join(file_name(key))
    }

    fn read(&self, key: TokenKey<'_>) -> Result<Option<StoredToken>, AuthError> {
        let file = match File::open(self.path(key)) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.failed("read", &error)),
        };
        let about = file.metadata().map_err(|error| self.failed("read", &error))?;
        if !about.is_file() {
            let folder = self.folder.display();
            return Err(store(format!(
                "in {folder}, something that is no file has the name of a token file: remove it"
            )));
        }
        if is_open(&file).map_err(|error| self.failed("read", &error))? {
            let folder = self.folder.display();
            return Err(store(format!(
                "a token file in {folder} is open to others than its owner: make all there mode \
                 0600, or remove them"
            )));
        }
        let mut bytes = Vec::new();
        file.take(LARGEST).read_to_end(&mut bytes).map_err(|e| self.failed("read", &e))?;
        // What is no token of ours is replaced by the next one.
        Ok(serde_json::from_slice::<Content>(&bytes).ok().map(|content| {
            let expires = content.expires_at.map(Duration::from_secs);
            let expires = expires.and_then(|since| UNIX_EPOCH.checked_add(since));
            StoredToken::new(content.access_token, expires)
        }))
    }

    fn write(&self, key: TokenKey<'_>, token: &StoredToken) -> Result<(), AuthError> {
        let path = self.path(key);
        let seconds = |at: SystemTime| at.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let content = Content {
            access_token: token.expose().to_owned(),
            expires_at: token.expires().map(seconds),
        };
        let text = serde_json::to_vec(&content).map_err(|_| store("the token is not text"))?;
        self.replace(&path, &text).map_err(|error| self.failed("written", &error))
    }

    /// Under a name of its own first, so that a reader finds the old file or the new one.
    fn replace(&self, path: &Path, text: &[u8]) -> io::Result<()> {
        make_folder(&self.folder)?;
        let draft = self.folder.join(format!(".{:016x}", fastrand::u64(..)));
        let written = create(&draft).and_then(|mut file| {
            file.write_all(text)?;
            file.sync_all()
        });
        let moved = written.and_then(|()| fs::rename(&draft, path));
        if moved.is_err() {
            // What matters is the first error.
            let _ = fs::remove_file(&draft);
        }
        moved
    }

    /// The file whose lock is the turn to ask for a token.
    fn turn_file(&self, key: TokenKey<'_>) -> Result<File, AuthError> {
        let mut path = self.path(key).into_os_string();
        path.push(turn::SUFFIX);
        make_folder(&self.folder).map_err(|error| self.failed("written", &error))?;
        shared(Path::new(&path)).map_err(|error| self.failed("written", &error))
    }

    async fn wait(&self, key: TokenKey<'_>) -> Result<StoreTurn, AuthError> {
        Ok(turn::wait(self.turn_file(key)?).await)
    }

    fn delete(&self, key: TokenKey<'_>) -> Result<(), AuthError> {
        match fs::remove_file(self.path(key)) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(self.failed("removed", &error))
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// The folder is the caller's own word; names of files hold the client's id.
    fn failed(&self, what: &str, error: &io::Error) -> AuthError {
        let folder = self.folder.display();
        store(format!("a token file in {folder} cannot be {what}: {error}"))
    }
}

impl TokenStore for FileTokenStore {
    fn load<'a>(
        &'a self,
        key: TokenKey<'a>,
    ) -> BoxFuture<'a, Result<Option<StoredToken>, AuthError>> {
        Box::pin(ready(self.read(key)))
    }

    fn save<'a>(
        &'a self,
        key: TokenKey<'a>,
        token: StoredToken,
    ) -> BoxFuture<'a, Result<(), AuthError>> {
        Box::pin(ready(self.write(key, &token)))
    }

    fn remove<'a>(&'a self, key: TokenKey<'a>) -> BoxFuture<'a, Result<(), AuthError>> {
        Box::pin(ready(self.delete(key)))
    }

    fn turn<'a>(&'a self, key: TokenKey<'a>) -> BoxFuture<'a, Result<StoreTurn, AuthError>> {
        Box::pin(self.wait(key))
    }
}

/// A file as it lies there.
#[derive(Deserialize, Serialize)]
struct Content {
    access_token: String,
    /// Seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires_at: Option<u64>,
}

/// No file system takes names of more than 255 bytes.
const LONGEST_NAME: usize = 255;
/// No token is longer than a header may be.
const LARGEST: u64 = 256 * 1024;

/// Says in clear what the file is for, as far as there is room; a fingerprint (SHA-256) of all of it
/// tells what follows apart.
fn file_name(key: TokenKey<'_>) -> String {
    let parts = [key.endpoint().as_str(), key.client_id(), key.scope().unwrap_or_default()];
    let mut name = parts.map(escape).join(",");
    if name.len() + turn::SUFFIX.len() > LONGEST_NAME {
        let fingerprint: String =
            Sha256::digest(&name).iter().map(|byte| format!("{byte:02x}")).collect();
        // Escaped text is ASCII.
        name.truncate(LONGEST_NAME - turn::SUFFIX.len() - 1 - fingerprint.len());
        name = format!("{name},{fingerprint}");
    }
    name
}

/// Upper-case letters are escaped too: two ids that differ in case only are two files everywhere.
fn escape(part: &str) -> String {
    let plain =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    part.bytes().fold(String::new(), |mut out, byte| {
        if plain(byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02x}"));
        }
        out
    })
}

fn store(message: impl Into<std::borrow::Cow<'static, str>>) -> AuthError {
    AuthError::new(AuthErrorKind::Store, message)
}

#[cfg(unix)]
fn create(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// A file that several programs open, and in which nothing is.
#[cfg(unix)]
fn shared(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path)
}

#[cfg(unix)]
fn make_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Like a private key, a token that others can read is not used: it may be known already, and it may
/// have been put there by somebody else.
#[cfg(unix)]
fn is_open(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(file.metadata()?.permissions().mode() & 0o077 != 0)
}

/// Elsewhere a file has the rights of its folder.
#[cfg(not(unix))]
fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

#[cfg(not(unix))]
fn shared(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(false).open(path)
}

#[cfg(not(unix))]
fn make_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(not(unix))]
fn is_open(_: &File) -> io::Result<bool> {
    Ok(false)
}
