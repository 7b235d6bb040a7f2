//! A file that is there whole or not at all.

use std::io;
use std::path::{Path, PathBuf};

use tokio::fs::{self, File, OpenOptions};

/// What is written of a file until it can take its place.
pub(super) struct Draft {
    file: File,
    path: PathBuf,
    target: PathBuf,
    moved: bool,
}

impl Draft {
    /// An empty file beside `target`, since only within a file system a file can be moved at once.
    ///
    /// # Errors
    /// There is something else than a file, or nothing can be written there.
    pub(super) async fn beside(target: &Path) -> io::Result<Self> {
        let target = place(target).await?;
        let path = target.with_file_name(format!(".{:016x}.part", fastrand::u64(..)));
        let file = OpenOptions::new().write(true).create_new(true).open(&path).await?;
        let draft = Self { file, path, target, moved: false };
        // Who may read the file is not for a download to change.
        if let Ok(about) = fs::metadata(&draft.target).await {
            draft.file.set_permissions(about.permissions()).await?;
        }
        Ok(draft)
    }

    pub(super) fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Brings it to its place once all of it is on the disk: after a failure of the machine, too, there
    /// is the old file or the new one.
    ///
    /// # Errors
    /// The disk is full or gone.
    pub(super) async fn finish(mut self) -> io::Result<()> {
        self.file.sync_all().await?;
        fs::rename(&self.path, &self.target).await?;
        self.moved = true;
        Ok(())
    }
}

/// Where the file will be: what a link leads to, since it is the file that is replaced and not the link.
async fn place(path: &Path) -> io::Result<PathBuf> {
    match fs::metadata(path).await {
        Ok(about) if about.is_file() => fs::canonicalize(path).await,
        Ok(_) => Err(io::Error::new(io::ErrorKind::InvalidInput, "what is there is no file")),
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Err(error) if path.file_name().is_none() => Err(error),
        Err(_) => Ok(path.to_owned()),
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.moved {
            // Whoever gave up cannot be told; what is left is a file that says it is a part.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}
