//! What one person may see, and how a statement stops at its border.

use domain::id::VenueId;
use sqlx::{Database, Encode, QueryBuilder, Type};
use uuid::Uuid;

/// Which venues a person may see, and with each venue everything that happened there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// every venue of the organisation
    All,
    /// these venues
    Venues(Vec<VenueId>),
}

impl Scope {
    /// Whether a venue may be seen.
    #[must_use]
    pub fn allows(&self, venue: VenueId) -> bool {
        match self {
            Self::All => true,
            Self::Venues(venues) => venues.contains(&venue),
        }
    }

    /// Whether a statement reads alike for everybody with such a scope, and is worth preparing.
    pub(crate) const fn is_everything(&self) -> bool {
        matches!(self, Self::All)
    }

    /// Narrows a statement to rows whose venue stands in `column`.
    pub(crate) fn narrow<D: Database>(&self, query: &mut QueryBuilder<D>, column: &str)
    where
        Uuid: for<'q> Encode<'q, D> + Type<D>,
    {
        if let Self::Venues(venues) = self {
            query.push(" AND ").push(column).push(" IN ");
            push_list(query, venues.iter().map(|venue| venue.0));
        }
    }

    /// Narrows a statement to rows whose subject, an event or a venue, stands in `column`.
    pub(crate) fn narrow_subject<D: Database>(&self, query: &mut QueryBuilder<D>, column: &str)
    where
        Uuid: for<'q> Encode<'q, D> + Type<D>,
    {
        if let Self::Venues(venues) = self {
            query.push(" AND (").push(column).push(" IN ");
            push_list(query, venues.iter().map(|venue| venue.0));
            query.push(" OR ").push(column).push(" IN (SELECT id FROM events WHERE venue IN ");
            push_list(query, venues.iter().map(|venue| venue.0));
            query.push("))");
        }
    }
}

/// A list in brackets. NULL is nothing's id: an empty list finds nothing, in valid SQL.
pub(crate) fn push_list<D: Database>(query: &mut QueryBuilder<D>, ids: impl Iterator<Item = Uuid>)
where
    Uuid: for<'q> Encode<'q, D> + Type<D>,
{
    query.push("(NULL");
    for id in ids {
        query.push(", ").push_bind(id);
    }
    query.push(")");
}
