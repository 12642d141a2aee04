//! What a response says about itself: how it came, and why it may be doubted.

/// How a response came.
#[derive(utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// a paired tablet
    Kiosk,
    /// the visitor's own phone
    Qr,
    /// the website
    Web,
    /// a link in the ticket seller's mail
    Mail,
    /// a card, entered afterwards
    Paper,
    /// hands or stickers that staff counted
    Counted,
    /// told to an interviewer or a helper, who wrote it down
    Spoken,
}

/// Why a survey is asked.
#[derive(utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Collection {
    /// after every event, of whoever likes
    Continuous,
    /// once a season
    Periodic,
    /// in conversations that staff hold
    Interview,
}

/// Who answers, never a name. A closed list, because every segment is a row in every tally.
#[derive(utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Segment {
    /// a grown-up visitor
    Adult,
    /// a child
    Child,
    /// a pupil on a school visit
    Pupil,
    /// a teacher on a school visit
    Teacher,
    /// somebody who took part in a workshop
    Participant,
    /// somebody who came along with a participant
    Companion,
}

/// How a response ended.
#[derive(utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum End {
    /// the visitor reached the end
    Done,
    /// the visitor left on purpose
    Exit,
    /// nobody touched the screen any more
    Timeout,
}

/// A reason to doubt a response.
#[derive(utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Answered faster than anybody reads.
    Hasty,
    /// Part of a sequence of equal answers that is improbable among people.
    Run,
    /// Part of a sequence that keeps time as a machine does.
    Even,
    /// Too many answers at one place, or from one address, in too short a time.
    Burst,
    /// Answers that contradict each other, such as the worst face with a ten.
    Contradiction,
    /// Given outside the answer window of a day that has events.
    OutsideWindow,
    /// Given while staff were showing the kiosk to somebody.
    Demo,
    /// Taken out by staff.
    Void,
}
