//! Waiting for another program that asks for the same token.

use std::fs::File;
use std::time::Duration;

use fs4::{FileExt, TryLockError};

use super::StoreTurn;
use crate::clock::{Instant, sleep};

/// What the name of a token's file ends in, for the empty one that is locked. It is never removed:
/// who waits for a file that is gone would not meet who makes it anew.
pub(super) const SUFFIX: &str = ".lock";

/// A token request takes no longer than this; whoever holds the turn for longer is stuck.
const LONGEST: Duration = Duration::from_secs(35);
/// No wait of a file's can be awaited, and a thread that waits could not be called back when the call
/// is given up.
const PAUSE: Duration = Duration::from_millis(50);

/// The turn of whoever locks `file`. It is over with the file, also if the program is killed.
///
/// Where there are no locks, or none is to be had in time, the turn is given all the same: two tokens
/// are better than none.
pub(super) async fn wait(file: File) -> StoreTurn {
    let began = Instant::now();
    loop {
        match FileExt::try_lock(&file) {
            Ok(()) => return StoreTurn::held(file),
            Err(TryLockError::WouldBlock) if began.elapsed() < LONGEST => sleep(PAUSE).await,
            Err(TryLockError::WouldBlock | TryLockError::Error(_)) => return StoreTurn::free(),
        }
    }
}
