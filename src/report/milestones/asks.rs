//! What each milestone asks for: a table of bounds, by the rules that hold them.

/// A line before a plan is held against it.
pub(super) struct Asks {
    /// What it asks for; `{}` is the bound.
    pub(super) label: &'static str,
    /// The rule and its parameter that hold the bound.
    pub(super) bound: (&'static str, &'static str),
    pub(super) measure: Measure,
    pub(super) sense: Sense,
}

/// What is measured.
#[derive(Clone, Copy)]
pub(super) enum Measure {
    /// A field of the whole plan or of each segment.
    Field(&'static str),
    /// Recurring revenue a month, stated or from that of a year.
    Mrr,
    /// Recurring revenue a year, stated or from that of a month.
    Arr,
    /// How many channels are proven.
    Channels,
    /// After how many months a customer has paid back its cost.
    Payback,
    /// How often a customer brings back its cost.
    LifetimeToCost,
}

impl Measure {
    /// Whether the number grows step by step, so that a part of it is a part of the way.
    pub(super) fn adds_up(self) -> bool {
        match self {
            Self::Field(name) => matches!(name, "plan.customers" | "value.interviews"),
            Self::Mrr | Self::Arr | Self::Channels => true,
            Self::Payback | Self::LifetimeToCost => false,
        }
    }
}

/// On which side of its bound a line is reached.
#[derive(Clone, Copy)]
pub(super) enum Sense {
    AtLeast,
    Above,
    Below,
}

const CLAIMS: &str = "stage-claims-unsupported";

/// The milestones in the order of the stages.
pub(super) const MILESTONES: [(&str, &str, &[Asks]); 4] = [
    (
        "A problem that people confirm",
        "inception",
        &[Asks {
            label: "at least {} interviews with companies of this profile",
            bound: ("value-unvalidated", "min_interviews"),
            measure: Measure::Field("value.interviews"),
            sense: Sense::AtLeast,
        }],
    ),
    (
        "First traction",
        "product_market_fit",
        &[
            Asks {
                label: "at least {} paying customers",
                bound: (CLAIMS, "customers"),
                measure: Measure::Field("plan.customers"),
                sense: Sense::AtLeast,
            },
            Asks {
                label: "at least {} of recurring revenue a month",
                bound: (CLAIMS, "mrr"),
                measure: Measure::Mrr,
                sense: Sense::AtLeast,
            },
            Asks {
                label: "more than {} of customers still there after three months",
                bound: (CLAIMS, "retention"),
                measure: Measure::Field("metrics.retention_3m"),
                sense: Sense::Above,
            },
        ],
    ),
    (
        "Early scale",
        "gtm_fit",
        &[
            Asks {
                label: "at least {} of recurring revenue",
                bound: (CLAIMS, "arr"),
                measure: Measure::Arr,
                sense: Sense::AtLeast,
            },
            Asks {
                label: "CAC paid back in less than {}",
                bound: (CLAIMS, "payback"),
                measure: Measure::Payback,
                sense: Sense::Below,
            },
            Asks {
                label: "at least {} channels that bring customers repeatably",
                bound: ("no-proven-channel-at-scale", "min_at_scale"),
                measure: Measure::Channels,
                sense: Sense::AtLeast,
            },
        ],
    ),
    (
        "Growth scale",
        "scale",
        &[
            Asks {
                label: "at least {} of recurring revenue",
                bound: (CLAIMS, "grown"),
                measure: Measure::Arr,
                sense: Sense::AtLeast,
            },
            Asks {
                label: "net revenue retention above {}",
                bound: (CLAIMS, "nrr"),
                measure: Measure::Field("metrics.nrr"),
                sense: Sense::Above,
            },
            Asks {
                label: "a customer brings more than it costs",
                bound: ("", ""),
                measure: Measure::LifetimeToCost,
                sense: Sense::Above,
            },
        ],
    ),
];
