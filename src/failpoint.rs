//! Named places at which a debug build can be made to die, so that a test can prove what a crash there
//! ends as. One list: a point that no test visits is found by walking [`FailPoint::ALL`].
//!
//! Only the composition root arms a point, once, at start. A release build has no code here.

use std::fmt;
use std::str::FromStr;

macro_rules! fail_points {
    ($($(#[doc = $outcome:literal])+ $variant:ident = $name:literal,)+) => {
        /// A step between two others that a crash must not tear apart; each says what a kill there
        /// must end as after a restart.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum FailPoint {
            $($(#[doc = $outcome])+ $variant,)+
        }

        impl FailPoint {
            /// All of them, in the order in which a delivery passes them.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// Its name, as it is armed.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// What a kill there must end as after a restart.
            pub fn outcome(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($outcome),+).trim_ascii(),)+
                }
            }
        }
    };
}

fail_points! {
    /// A unit is in memory and not on disk: its caller was told nothing. It is stored whole or not at
    /// all; the sender repeats it.
    StoreBeforeFlush = "store.before_flush",
    /// A unit is on disk and its caller was told nothing: it is stored, and the sender's repeat is
    /// recognised.
    StoreAfterFlush = "store.after_flush",
    /// An event is on disk and was not acknowledged: one answer, and the repeat changes nothing.
    EventReceived = "event.received",
    /// A turn has decided and stored nothing: it runs again, and its change happens once.
    TurnBeforeCommit = "turn.before_commit",
    /// A turn is stored and nobody was answered: its change happened once, its reply is delivered.
    TurnAfterCommit = "turn.after_commit",
    /// A reply is stored and not a byte of it was written: it comes by the response address instead.
    AckBeforeBody = "ack.before_body",
    /// A reply was written and is not marked as sent: it may come twice, never not at all.
    AckAfterBody = "ack.after_body",
    /// An effect is marked as being sent and the call was not made: it happens once if it can be
    /// looked up, an answer happens at least once, a digest is reported as unknown.
    OutboxBeforeCall = "outbox.before_call",
    /// A call was made and its outcome is not on disk: an effect that can be looked up is found and
    /// not repeated, an answer may come twice, a digest is reported as unknown.
    OutboxAfterCall = "outbox.after_call",
    /// An effect is marked as sent: it is never made again.
    OutboxAfterMark = "outbox.after_mark",
    /// It is on disk that a channel has another id, and that was not acknowledged: all that was kept for it
    /// is there under the new one, once, and the repeat changes nothing.
    ChannelMoved = "channel.moved",
    /// It is on disk that a workspace has removed the app, and that was not acknowledged: all of it is
    /// erased, and the repeat changes nothing.
    ErasureBegun = "erasure.begun",
    /// A part of what was kept for a workspace is gone: the rest goes after the restart.
    ErasureBetween = "erasure.between",
    /// All of it is gone, and that is not on disk: that is found out after the restart.
    ErasureBeforeEnd = "erasure.before_end",
    /// A digest is posted and its picture was not sent: the picture is missing, the digest is there once.
    PictureBeforeUpload = "picture.before_upload",
    /// A picture was sent and nobody sees it: it is missing.
    PictureBeforeShow = "picture.before_show",
    /// A picture is shown and that is not on disk: it is there once.
    PictureAfterShow = "picture.after_show",
}

impl fmt::Display for FailPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why a fail point cannot be armed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArmError {
    /// No point has that name.
    #[error("there is no fail point `{0}`")]
    Unknown(String),
    /// The number of the hit is not a number from 1 on.
    #[error("`{0}` is not the number of a hit; count from 1, as in `turn.after_commit:2`")]
    BadHit(String),
    /// A point was armed before.
    #[error("a fail point is armed already")]
    Twice,
    /// This build has no fail points.
    #[error("fail points exist in debug builds only")]
    Release,
}

impl FromStr for FailPoint {
    type Err = ArmError;

    fn from_str(name: &str) -> Result<Self, ArmError> {
        let named = Self::ALL.iter().copied().find(|point| point.name() == name);
        named.ok_or_else(|| ArmError::Unknown(name.to_owned()))
    }
}

/// A point and the hit at which it kills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Armed {
    point: FailPoint,
    hit: u32,
}

impl FromStr for Armed {
    type Err = ArmError;

    fn from_str(words: &str) -> Result<Self, ArmError> {
        let (name, hit) = words.split_once(':').unwrap_or((words, "1"));
        let hit = hit.parse().ok().filter(|&hit| hit > 0);
        let hit = hit.ok_or_else(|| ArmError::BadHit(words.to_owned()))?;
        Ok(Self {
            point: name.parse()?,
            hit,
        })
    }
}

#[cfg(debug_assertions)]
mod armed {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::{ArmError, Armed, FailPoint};

    static ARMED: OnceLock<Armed> = OnceLock::new();
    static HITS: AtomicU32 = AtomicU32::new(0);

    pub(super) fn set(armed: Armed) -> Result<(), ArmError> {
        ARMED.set(armed).map_err(|_| ArmError::Twice)
    }

    pub(super) fn reach(point: FailPoint) {
        let Some(armed) = ARMED.get().filter(|armed| armed.point == point) else {
            return;
        };
        if HITS.fetch_add(1, Ordering::SeqCst) + 1 == armed.hit {
            die();
        }
    }

    /// Ends the process as a power cut would: nothing is unwound, flushed or said.
    fn die() -> ! {
        let killed =
            rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
        assert!(killed.is_ok(), "a process may signal itself");
        loop {
            std::thread::park();
        }
    }
}

/// Arms one point for this process: `name` or `name:n` for its n-th hit.
pub fn arm(words: &str) -> Result<(), ArmError> {
    let armed = words.parse::<Armed>()?;
    #[cfg(debug_assertions)]
    return armed::set(armed);
    #[cfg(not(debug_assertions))]
    {
        let _ = armed;
        Err(ArmError::Release)
    }
}

/// Says that the process has come to `point`; kills it if that point is armed.
#[inline]
pub fn reach(point: FailPoint) {
    #[cfg(debug_assertions)]
    armed::reach(point);
    #[cfg(not(debug_assertions))]
    let _ = point;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_read_back() {
        for &point in FailPoint::ALL {
            assert_eq!(point.name().parse(), Ok(point));
            assert!(
                !point.outcome().is_empty(),
                "{point} says nothing of its outcome"
            );
        }
    }

    #[test]
    fn a_point_is_armed_by_name_and_hit() {
        let check = |words: &str, expected: Result<Armed, ArmError>| {
            assert_eq!(words.parse::<Armed>(), expected, "{words}");
        };
        let point = FailPoint::TurnAfterCommit;
        check("turn.after_commit", Ok(Armed { point, hit: 1 }));
        check("turn.after_commit:3", Ok(Armed { point, hit: 3 }));
        check("turn.after", Err(ArmError::Unknown("turn.after".into())));
        for bad in [
            "turn.after_commit:0",
            "turn.after_commit:",
            "turn.after_commit:x",
        ] {
            check(bad, Err(ArmError::BadHit(bad.into())));
        }
    }

    /// The test runs itself as a child, which must die at the second hit and not before.
    #[test]
    fn an_armed_point_kills_at_its_hit() {
        use std::os::unix::process::ExitStatusExt;

        const CHILD: &str = "GTM_TEST_FAILPOINT_CHILD";
        if std::env::var_os(CHILD).is_some() {
            arm("store.after_flush:2").unwrap();
            reach(FailPoint::StoreAfterFlush);
            reach(FailPoint::StoreBeforeFlush);
            reach(FailPoint::StoreAfterFlush);
            std::process::exit(0);
        }
        let status = std::process::Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "failpoint::tests::an_armed_point_kills_at_its_hit",
            ])
            .env(CHILD, "1")
            .stdout(std::process::Stdio::null())
            .status()
            .unwrap();
        assert_eq!(status.signal(), Some(9));
    }
}
