//! The text of a reference, and why one is not followed.

use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};

use crate::diagnostics::Code;
use crate::faults::Mark;

/// Where a reference leads, as far as its text says (RFC 3986 section 4.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Written<'t> {
    /// To a place of the same file; the part behind the `#`.
    Here(&'t str),
    /// To a file, by a path that is relative to the folder of this one, and a place in it.
    File(PathBuf, &'t str),
    /// To another server, or by a scheme.
    Url,
}

pub(super) fn read(text: &str) -> Written<'_> {
    let (file, fragment) = text.split_once('#').unwrap_or((text, ""));
    if file.is_empty() {
        return Written::Here(fragment);
    }
    let scheme = file.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    };
    if file.starts_with("//") || scheme.is_some_and(is_scheme) {
        return Written::Url;
    }
    let path =
        crate::pointer::percent_decode(file).map_or_else(|| file.to_owned(), Cow::into_owned);
    Written::File(PathBuf::from(path), fragment)
}

/// The path without `.` and with `..` taken back as far as that goes, as URLs have it.
pub(crate) fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                let may_go_back =
                    matches!(plain.components().next_back(), Some(Component::Normal(_)));
                if may_go_back {
                    plain.pop();
                } else {
                    plain.push(part);
                }
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => plain.push(part),
        }
    }
    plain
}

/// The way from a folder to a path, both plain; the path itself if they have nothing in common.
pub(super) fn way(folder: &Path, path: &Path) -> PathBuf {
    for (steps, above) in folder.ancestors().enumerate() {
        let known = above.is_absolute() == path.is_absolute() && is_inside(above, path);
        if let (true, Ok(rest)) = (known, path.strip_prefix(above)) {
            let back: PathBuf = std::iter::repeat_n("..", steps).collect();
            return back.join(rest);
        }
    }
    path.to_owned()
}

/// Whether a path is inside a folder, both without `.` and `..` that could be taken back.
pub(super) fn is_inside(folder: &Path, path: &Path) -> bool {
    path.strip_prefix(folder)
        .is_ok_and(|rest| !rest.components().any(|part| part == Component::ParentDir))
}

/// A reference that is not followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unread {
    pub(crate) why: Refusal,
    /// A reference like it that leads to a file, as seen from the root document.
    pub(crate) near: Option<String>,
}

/// Why a reference is not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Refusal {
    /// It leads to the network.
    Network,
    /// It is a URL of another scheme, such as `file:`.
    Scheme,
    /// There is no such file.
    Absent,
    /// There is a space around it, which no reference has (RFC 3986 section 2), and so no such file.
    Spaced,
    /// The file is outside of the folders that may be read.
    Outside,
    /// A symbolic link leads out of these folders.
    Link,
    /// What is there is a folder or a device.
    NoFile,
    /// The file cannot be read as JSON or YAML; that is told of the file itself.
    Unreadable,
    /// The file has no such place.
    NoPlace,
    /// What follows the `#` is neither a JSON pointer nor a name that the file has.
    NoPointer,
    /// It leads to the whole of an OpenAPI document, which nothing in a document can be.
    Whole,
    /// It leads to itself, by way of other references.
    Circle,
}

/// Longer chains of references are taken for circles.
pub(super) const LINKS: usize = 64;

impl Refusal {
    /// Why a URL is not followed.
    pub(super) fn of_url(text: &str) -> Self {
        let scheme = text.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        match scheme.as_deref() {
            Some("http" | "https" | "ftp") => Self::Network,
            // `//host/path`.
            _ if text.starts_with("//") => Self::Network,
            Some(_) | None => Self::Scheme,
        }
    }

    pub(crate) fn code(self) -> Code {
        match self {
            Self::Network
            | Self::Scheme
            | Self::Outside
            | Self::Link
            | Self::NoFile
            | Self::NoPointer => Code::UnsupportedReference,
            Self::Absent | Self::Spaced | Self::Unreadable | Self::NoPlace | Self::Whole => {
                Code::UnresolvedReference
            }
            Self::Circle => Code::ReferenceCycle,
        }
    }

    /// Whether there may be something that nobody looked at.
    pub(crate) fn mark(self) -> Mark {
        match self {
            Self::Network | Self::Scheme | Self::Outside | Self::Link => Mark::Unfollowed,
            Self::Absent
            | Self::Spaced
            | Self::NoFile
            | Self::Unreadable
            | Self::NoPlace
            | Self::NoPointer
            | Self::Whole
            | Self::Circle => Mark::Fault,
        }
    }

    /// What is wrong with a reference, whose file is named as seen from the root document.
    pub(crate) fn message(self, reference: &str) -> String {
        let file = reference.split('#').next().unwrap_or_default();
        match self {
            Self::Network => format!("the reference `{reference}` leads to the network"),
            Self::Scheme => {
                let scheme = reference.split(':').next().unwrap_or_default();
                format!("the reference `{reference}` is a URL of the scheme `{scheme}`")
            }
            Self::Absent => format!("there is no file `{file}`"),
            Self::Spaced => format!("the reference `{reference}` has a space around it"),
            Self::Outside => format!("`{file}` is outside of the folder of the document"),
            Self::Link => {
                format!("`{file}` is a link that leads out of the folder of the document")
            }
            Self::NoFile => format!("`{file}` is not a file"),
            Self::Unreadable => format!("`{file}` is neither JSON nor YAML"),
            Self::NoPlace => format!("`{reference}` refers to nothing in that file"),
            Self::NoPointer => format!(
                "`{reference}` is not a reference: after the `#` comes a JSON pointer, `/…`"
            ),
            Self::Whole => {
                format!(
                    "the reference `{reference}` leads to a whole document, not to a part of it"
                )
            }
            Self::Circle => {
                format!(
                    "the reference `{reference}` never reaches a value: it goes in a circle, or \
                     through more than {LINKS} others"
                )
            }
        }
    }

    pub(crate) fn help(self) -> &'static str {
        match self {
            Self::Network => {
                "nothing is fetched: save the file beside the document and refer to it by its path"
            }
            Self::Scheme => {
                "refer to a file by its path, relative to the folder of the file that refers to it"
            }
            Self::Outside | Self::Link => {
                "`--allow-refs DIR` lets references lead into another folder"
            }
            Self::Absent => "a path is relative to the folder of the file that refers to it",
            Self::Spaced => "take the space out",
            Self::NoPointer => {
                "within the document it is one like `#/components/schemas/…`, to a file its path"
            }
            Self::NoPlace => "a pointer names each step from the root of the file, `#/…/…`",
            Self::Whole => "name the part, such as `#/components/schemas/…`",
            Self::NoFile => "refer to a file, not to a folder or a device",
            Self::Unreadable => "correct the file, or refer to another one",
            Self::Circle => "let one of them say what it is, rather than refer to another",
        }
    }
}
