//! What a run has read, so that somebody can see whether another run would read the same.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::Files;

/// Files of which it is noted what was asked for, and what came of it: a file that was not there is
/// something to wait for, too.
#[derive(Debug)]
pub struct Noted<F> {
    files: F,
    answers: Mutex<BTreeMap<Question, Answer>>,
}

/// What was asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Question {
    /// The bytes of a file, no more than so many and one.
    Bytes(PathBuf, usize),
    /// The one path of a file or folder.
    Path(PathBuf),
}

/// What came of it, as far as it takes to see whether it is still so.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Answer {
    /// The hash of the bytes or of the path.
    Found(u64),
    Refused(io::ErrorKind),
}

impl Question {
    fn path(&self) -> &Path {
        match self {
            Self::Bytes(path, _) | Self::Path(path) => path,
        }
    }
}

impl Answer {
    fn of(result: &io::Result<impl Hash>) -> Self {
        match result {
            Ok(found) => {
                let mut hasher = DefaultHasher::new();
                found.hash(&mut hasher);
                Self::Found(hasher.finish())
            }
            Err(error) => Self::Refused(error.kind()),
        }
    }
}

impl<F: Files> Noted<F> {
    /// Nothing is noted yet.
    pub fn new(files: F) -> Self {
        Self { files, answers: Mutex::default() }
    }

    /// The paths that were asked for, in order.
    pub fn paths(&self) -> Vec<PathBuf> {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let mut paths: Vec<PathBuf> = answers.keys().map(|one| one.path().to_owned()).collect();
        paths.sort();
        paths.dedup();
        paths
    }

    /// The paths at which there was nothing, in order.
    pub fn absent(&self) -> Vec<PathBuf> {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let absent = answers
            .iter()
            .filter(|(_, answer)| matches!(answer, Answer::Refused(io::ErrorKind::NotFound)));
        let mut paths: Vec<PathBuf> = absent.map(|(one, _)| one.path().to_owned()).collect();
        paths.sort();
        paths.dedup();
        paths
    }

    /// The paths of which another answer would come now, in order.
    pub fn changed(&self) -> Vec<PathBuf> {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let is_changed = |(question, answer): &(Question, Answer)| self.ask(question) != *answer;
        let changed = answers.into_iter().filter(is_changed);
        let mut paths: Vec<PathBuf> = changed.map(|(one, _)| one.path().to_owned()).collect();
        paths.sort();
        paths.dedup();
        paths
    }

    fn ask(&self, question: &Question) -> Answer {
        match question {
            Question::Bytes(path, at_most) => Answer::of(&self.files.read(path, *at_most)),
            Question::Path(path) => Answer::of(&self.files.real(path)),
        }
    }

    fn note(&self, question: Question, answer: Answer) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        // What a run has seen first is what it has used.
        answers.entry(question).or_insert(answer);
    }
}

impl<F: Files> Files for Noted<F> {
    fn read(&self, path: &Path, at_most: usize) -> io::Result<Vec<u8>> {
        let read = self.files.read(path, at_most);
        self.note(Question::Bytes(path.to_owned(), at_most), Answer::of(&read));
        read
    }

    fn real(&self, path: &Path) -> io::Result<PathBuf> {
        let real = self.files.real(path);
        self.note(Question::Path(path.to_owned()), Answer::of(&real));
        real
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Disk;

    #[test]
    fn a_file_that_comes_changes_or_goes_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let [here, there] = ["here", "there"].map(|name| folder.path().join(name));
        std::fs::write(&here, "1").unwrap();
        let noted = Noted::new(Disk);
        assert!(noted.changed().is_empty());
        assert_eq!(noted.read(&here, 9).unwrap(), b"1");
        assert!(noted.real(&there).is_err());
        assert_eq!(noted.paths(), [here.clone(), there.clone()]);
        assert_eq!(noted.absent(), std::slice::from_ref(&there));
        assert!(noted.changed().is_empty());
        std::fs::write(&there, "2").unwrap();
        assert_eq!(noted.changed(), std::slice::from_ref(&there));
        std::fs::write(&here, "3").unwrap();
        assert_eq!(noted.changed(), [here.clone(), there.clone()]);
        std::fs::write(&here, "1").unwrap();
        assert_eq!(noted.changed(), [there], "the same text once more is no change");
        std::fs::remove_file(&here).unwrap();
        assert!(noted.changed().contains(&here));
    }
}
