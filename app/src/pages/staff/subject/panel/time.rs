//! When people answered, never finer than ten minutes.

use leptos::prelude::*;

use super::Panel;
use crate::{
    i18n::td_string,
    kit::{
        as_table::AsTable,
        chart::{Chart, columns::columns},
    },
    pages::{staff::numbers::whole_percent, when::When},
};
use domain::{
    lang::Lang,
    summary::SlotCount,
    time::{HOUR, MINUTE, Millis, Slot},
};

/// Answers over time.
#[component]
pub fn Time(
    /// ten minutes each, oldest first, without those that nobody used
    slots: Vec<SlotCount>,
    /// when the event ends; `None` on a day without one
    ends_at: Option<Millis>,
    /// milliseconds UTC
    now: Millis,
    /// the venue's clock
    when: When,
    /// for whom
    lang: Lang,
    /// `w5` or the like
    width: &'static str,
) -> impl IntoView {
    let Some(bars) = Bars::of(&slots) else { return ().into_any() };
    let title = match bars.each {
        Slot::LENGTH => td_string!(lang, staff.time_10),
        HOUR => td_string!(lang, staff.time_60),
        _ => td_string!(lang, staff.time_30),
    };
    let (most_from, most) = bars.most();
    let most_at = when.time(most_from);
    let chart_title = td_string!(lang, staff.time_title, what = title, most = most, at = most_at.as_str());
    let end = ends_at.and_then(|end| Some((end, bars.place(end)?)));
    // The crowd that the chart is about comes after the end; before it, the interval's.
    let is_before =
        |place: usize| ends_at.zip(bars.counts.get(place)).is_some_and(|(end, (from, _))| from + bars.each <= end);
    let counts: Vec<u64> = bars.counts.iter().map(|(_, n)| *n).collect();
    let drawing = columns(&counts, is_before, end.map(|(_, place)| place));
    let rows = bars.counts.iter().map(|(from, n)| (when.time(*from), vec![n.to_string()])).collect::<Vec<_>>();
    let heads = vec![td_string!(lang, staff.time_from).to_owned(), td_string!(lang, staff.people).to_owned()];
    // Within the first half hour everybody has, which says nothing.
    let says = ends_at.filter(|end| *end + 40 * MINUTE < now).and_then(|end| after_the_end(&slots, end)).map_or_else(
        || td_string!(lang, staff.time_most, time = most_at.as_str(), most = most),
        |share| td_string!(lang, staff.time_after, share = share),
    );
    view! {
        <Panel id="time" title=title width=width>
            <div>
                <Chart drawing=drawing title=chart_title />
                {axis(&bars, end, now, &when, lang)}
            </div>
            <p class="says">{says}</p>
            <AsTable locale=lang heads=heads rows=rows />
        </Panel>
    }
    .into_any()
}

/// The first time, the end of the event, the last time; an end near a side takes that side's place.
fn axis(bars: &Bars, end: Option<(Millis, f64)>, now: Millis, when: &When, locale: Lang) -> impl IntoView + use<> {
    let label = end.map(|(_, place)| EndLabel::at(place));
    let first =
        label.is_none_or(EndLabel::leaves_first).then(|| view! { <text x="0" y="16">{when.time(bars.from)}</text> });
    let last = label.is_none_or(EndLabel::leaves_last).then(|| {
        view! {
            <text class="last" x="100%" y="16">
                {when.time(bars.until())}
            </text>
        }
    });
    let named = end.zip(label).map(|((at, _), label)| {
        let time = when.time(at);
        let text = if at <= now {
            td_string!(locale, staff.ended, time = time)
        } else {
            td_string!(locale, staff.ends, time = time)
        };
        let (class, x) = label.class_and_percent();
        view! {
            <text class=class x=format!("{x:.1}%") y="16">
                {text}
            </text>
        }
    });
    view! {
        <svg class="axis" aria-hidden="true">
            {first}
            {named}
            {last}
        </svg>
    }
}

/// Where the end of the event is named under the bars.
#[derive(Clone, Copy, Debug, PartialEq)]
enum EndLabel {
    /// at the left side
    Left,
    /// around this place, from 0 to 1
    Around(f64),
    /// at the right side
    Right,
}

impl EndLabel {
    /// The chart is 290 pixels wide on a phone, and the words 96: nearer to a side they would leave it.
    fn at(place: f64) -> Self {
        match place {
            ..=0.2 => Self::Left,
            0.8.. => Self::Right,
            _ => Self::Around(place),
        }
    }

    /// Whether there is room beside it for the first time, 42 pixels and a gap.
    fn leaves_first(self) -> bool {
        matches!(self, Self::Around(0.35..) | Self::Right)
    }

    /// Whether there is room beside it for the last time.
    fn leaves_last(self) -> bool {
        matches!(self, Self::Around(..=0.65) | Self::Left)
    }

    fn class_and_percent(self) -> (&'static str, f64) {
        match self {
            Self::Left => ("named", 0.0),
            Self::Around(place) => ("named mid", 100.0 * place),
            Self::Right => ("named last", 100.0),
        }
    }
}

/// Equal bars without holes.
#[derive(Debug, PartialEq, Eq)]
struct Bars {
    /// where the first begins
    from: Millis,
    /// how long each is: ten minutes, half an hour or an hour
    each: Millis,
    /// where each begins, and how many
    counts: Vec<(Millis, u64)>,
}

impl Bars {
    /// More bars than this cannot be told apart on a phone.
    const MOST: i64 = 36;

    /// As fine as they can be told apart; `None` where nobody answered.
    fn of(slots: &[SlotCount]) -> Option<Self> {
        let (first, last) = (slots.first()?.from, slots.last()?.from);
        let fits = |each: &Millis| last.div_euclid(*each) - first.div_euclid(*each) < Self::MOST;
        let each = [Slot::LENGTH, 30 * MINUTE].into_iter().find(fits).unwrap_or(HOUR);
        let begin = |at: Millis| at.div_euclid(each) * each;
        let counts = (0..=(begin(last) - begin(first)) / each)
            .map(|place| {
                let from = begin(first) + place * each;
                (from, slots.iter().filter(|slot| begin(slot.from) == from).map(|slot| slot.n).sum())
            })
            .collect();
        Some(Self { from: begin(first), each, counts })
    }

    /// The fullest bar.
    fn most(&self) -> (Millis, u64) {
        self.counts.iter().copied().max_by_key(|(from, n)| (*n, std::cmp::Reverse(*from))).unwrap_or((self.from, 0))
    }

    fn until(&self) -> Millis {
        self.counts.last().map_or(self.from, |(from, _)| from + self.each)
    }

    /// Where an instant lies, from 0 to 1; `None` outside.
    fn place(&self, at: Millis) -> Option<f64> {
        (self.from..=self.until())
            .contains(&at)
            .then(|| (at - self.from) as f64 / (self.until() - self.from).max(1) as f64)
    }
}

/// The share in percent that answered in the half hour after the end, as far as ten minutes tell.
fn after_the_end(slots: &[SlotCount], end: Millis) -> Option<u64> {
    let all = slots.iter().map(|slot| slot.n).sum();
    let half_hour = Slot::of(end).start()..Slot::of(end).start() + 30 * MINUTE;
    let soon = slots.iter().filter(|slot| half_hour.contains(&slot.from)).map(|slot| slot.n).sum::<u64>();
    (soon > 0).then(|| whole_percent(soon, all))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slots(counts: &[(i64, u64)]) -> Vec<SlotCount> {
        counts.iter().map(|(slot, n)| SlotCount { from: Slot(*slot).start(), n: *n }).collect()
    }

    #[test]
    fn holes_are_bars_of_nobody() {
        let bars = Bars::of(&slots(&[(1, 4), (3, 8)])).unwrap();
        assert_eq!(bars.counts.iter().map(|(_, n)| *n).collect::<Vec<_>>(), [4, 0, 8]);
        assert_eq!(bars.most(), (Slot(3).start(), 8));
        assert_eq!(bars.place(Slot(4).start()), Some(1.0));
        assert_eq!(bars.place(Slot(5).start()), None);
        assert!(Bars::of(&[]).is_none());
    }

    #[test]
    fn a_long_evening_has_longer_bars_and_loses_nobody() {
        for (last, each) in [(35, 10 * MINUTE), (36, 30 * MINUTE), (107, 30 * MINUTE), (108, HOUR)] {
            let bars = Bars::of(&slots(&[(0, 3), (20, 5), (last, 1)])).unwrap();
            assert_eq!(bars.each, each, "{last}");
            assert_eq!(bars.counts.iter().map(|(_, n)| n).sum::<u64>(), 9);
        }
    }

    #[test]
    fn times_under_the_bars_never_touch() {
        const CHART: f64 = 290.0;
        const NAMED: f64 = 96.0;
        const TIME: f64 = 42.0;
        const GAP: f64 = 8.0;
        for step in 0..=200 {
            let label = EndLabel::at(f64::from(step) / 200.0);
            let (from, until) = match label {
                EndLabel::Left => (0.0, NAMED),
                EndLabel::Around(place) => (place * CHART - NAMED / 2.0, place * CHART + NAMED / 2.0),
                EndLabel::Right => (CHART - NAMED, CHART),
            };
            assert!(from >= 0.0 && until <= CHART, "{label:?}");
            assert!(!label.leaves_first() || from >= TIME + GAP, "{label:?}");
            assert!(!label.leaves_last() || until <= CHART - TIME - GAP, "{label:?}");
        }
        assert!(EndLabel::at(0.5).leaves_first() && EndLabel::at(0.5).leaves_last());
    }

    #[test]
    fn half_an_hour_after_the_end() {
        let slots = slots(&[(10, 10), (12, 50), (14, 20), (15, 20)]);
        assert_eq!(after_the_end(&slots, Slot(12).start() + MINUTE), Some(70));
        assert_eq!(after_the_end(&slots, Slot(20).start()), None);
    }
}
