//! Courses: what is shown of groups that meet again and again (`domain::course`).

use async_trait::async_trait;
use domain::{
    course::{Arrived, Course, PooledAnswer},
    event::Event,
    id::{EventId, ProductionId},
    time::Millis,
};

use super::{StoreError, comments::Comment};

/// Courses, as the program itself takes them a step further.
#[async_trait]
pub trait Courses {
    /// Every production that is a course.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn courses(&self) -> Result<Vec<ProductionId>, StoreError>;

    /// What is shown of a course; nothing before its first step.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn shown_of_course(&self, production: ProductionId) -> Result<Course, StoreError>;

    /// The answers at the meetings of a production that count and arrived at `until` or before, in the order in which they
    /// arrived.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn arrived_in_course(&self, production: ProductionId, until: Millis) -> Result<Vec<Arrived>, StoreError>;

    /// What was said in some of them, in the same order. What is gone or has been changed since is left out.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn answers_in_course(&self, arrived: &[Arrived]) -> Result<Vec<PooledAnswer>, StoreError>;

    /// Shows the next step of a course. False where somebody else has shown another one since `before` was read.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn show_course(&self, production: ProductionId, before: &Course, next: &Course) -> Result<bool, StoreError>;
}

/// Courses, as staff see them.
#[async_trait]
pub trait StaffCourses {
    /// Of which course an event is a meeting; `None` where it is none.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn course_of(&self, event: EventId) -> Result<Option<ProductionId>, StoreError>;

    /// The same of many events, those that are no meetings left out.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn courses_of(&self, events: &[EventId]) -> Result<Vec<(EventId, ProductionId)>, StoreError>;

    /// What is shown of a course; `None` where the production is none, or has meetings that the reader may not see.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn course(&self, production: ProductionId) -> Result<Option<Course>, StoreError>;

    /// The newest comments among the answers that are shown of a course, at most `limit`, without what else was said.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn course_comments(&self, production: ProductionId, limit: u32) -> Result<Vec<Comment>, StoreError>;

    /// The events of a production that the reader may see, by start.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn events_of(&self, production: ProductionId) -> Result<Vec<Event>, StoreError>;
}
