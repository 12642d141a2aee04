//! Tables without titles: how many were at events that are there.

use domain::attendance::AttendanceKind;
use programme::{
    compare,
    comparison::{Answers, Comparison, KnownEvent, Status},
    finding::{Weight, What},
};

use crate::{found, options, read_here, taken, venues};

/// A season with two shows on one day, one at another venue, and one after midnight.
fn season() -> Vec<KnownEvent> {
    let season = programme::read(
        "Id;Nimi;Paikka;Alku;Loppu
A1;Valoa kohti;Teltta;9.10.2026 19:00;21:00
A2;Valoa kohti;Teltta;10.10.2026 14:00;16:00
A3;Valoa kohti;Teltta;10.10.2026 19:00;21:00
B1;Sinfonia;Konserttisali;10.10.2026 19:00;21:00
A4;Yöklubi;Teltta;12.10.2026 0:30;2:00
"
        .as_bytes(),
        &venues(),
        &options(),
    );
    taken(&compare(season.rows, &[], &venues(), Answers::default()), &[])
}

fn counted(table: &str, known: &[KnownEvent]) -> Comparison {
    compare(read_here(table).rows, known, &venues(), Answers::default())
}

fn said(comparison: &Comparison) -> Vec<(Status, Option<usize>, Option<u32>)> {
    comparison.rows.iter().map(|one| (one.status, one.event, one.row.attendance)).collect()
}

fn problems(comparison: &Comparison, weight: Weight) -> Vec<What> {
    let rows: Vec<_> = comparison.rows.iter().map(|one| one.row.clone()).collect();
    found(&rows, weight).into_iter().map(|(.., what)| what).collect()
}

#[test]
fn by_the_id_of_the_event() {
    let known = season();
    let comparison = counted("Esitysnumero;Myydyt liput\nA1;212\nA3;\nB1;1 204\n", &known);
    assert_eq!(
        said(&comparison),
        [
            (Status::Changed, Some(0), Some(212)),
            (Status::Unchanged, Some(2), None),
            (Status::Changed, Some(3), Some(1_204))
        ]
    );
    assert_eq!(comparison.missing, Vec::<usize>::new(), "it is no programme");
    let after = taken(&comparison, &known);
    assert_eq!((after[0].attendance, after[0].attendance_kind), (Some(212), Some(AttendanceKind::Sold)));
    assert_eq!((&after[0].titles, after[0].ends_at), (&known[0].titles, known[0].ends_at), "nothing else has changed");
    let again = counted("Esitysnumero;Myydyt liput\nA1;212\nA3;\nB1;1204\n", &after);
    assert!(again.rows.iter().all(|one| one.status == Status::Unchanged));
}

#[test]
fn by_day_and_venue_and_by_the_time_where_there_are_several() {
    let known = season();
    let table = "pvm;klo;paikka;laskettu
9.10.2026;;Teltta;180
10.10.2026;14.00;Teltta;90
10.10.2026;19.00;Teltta;201
10.10.2026;;Konserttisali;844
12.10.2026;;Teltta;55
";
    let comparison = counted(table, &known);
    let places: Vec<_> = comparison.rows.iter().map(|one| one.event).collect();
    assert_eq!(places, [0, 1, 2, 3, 4].map(Some));
    assert!(comparison.rows.iter().all(|one| one.status == Status::Changed));
    assert_eq!(comparison.rows[2].row.attendance_kind, Some(AttendanceKind::Counted));
}

#[test]
fn what_is_not_clear_is_asked_and_what_is_not_there_is_refused() {
    let known = season();
    let comparison = counted("date,venue,attendance\n2026-10-10,Teltta,90\n2026-10-11,Teltta,3\n", &known);
    assert_eq!(comparison.rows[0].status, Status::Unclear);
    assert_eq!(problems(&comparison, Weight::Question), [What::SeveralEvents(vec!["Valoa kohti".into(); 2])]);
    assert_eq!(comparison.rows[1].status, Status::Refused);
    assert_eq!(problems(&comparison, Weight::Error), [What::NoSuchEvent]);

    // Twice the same event, whichever way it is named; an id that nobody has; a hall that nobody knows; no number.
    let comparison = counted(
        "id,date,venue,sold\nA1,,,90\n,2026-10-09,Teltta,91\nX9,,,5\n,2026-10-09,Sali 9,4\nB1,,,many\n",
        &known,
    );
    assert_eq!(comparison.rows[0].status, Status::Changed);
    assert!(comparison.rows[1..].iter().all(|one| one.status == Status::Refused), "{comparison:?}");
    assert!(problems(&comparison, Weight::Error).contains(&What::CountedTwice("Valoa kohti".into())));
    // A show that did not take place had no audience.
    let mut cancelled = season();
    cancelled[0].cancelled = true;
    let comparison = counted("date,venue,sold\n2026-10-09,Teltta,90\n", &cancelled);
    assert_eq!(problems(&comparison, Weight::Error), [What::NoSuchEvent]);
}
