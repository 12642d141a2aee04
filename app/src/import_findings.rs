//! What is to be said about a place in an imported file: a sentence for each finding.

use domain::lang::Lang;
use programme::finding::What;

use crate::i18n::td_string;

const MEGABYTE: u64 = 1024 * 1024;

/// The sentence for a finding.
#[must_use]
pub fn sentence(what: &What, lang: Lang) -> String {
    let dated =
        |date: &jiff::civil::Date| date.strftime(if lang == Lang::En { "%-d %B %Y" } else { "%-d.%-m.%Y" }).to_string();
    let listed = |lines: &[u32]| lines.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    match what {
        What::FileTooLarge(limit) => {
            td_string!(lang, import.file_too_large, limit = (limit / MEGABYTE).to_string().as_str())
        }
        What::UnpacksTooLarge(limit) => {
            td_string!(lang, import.unpacks_too_large, limit = (limit / MEGABYTE).to_string().as_str())
        }
        What::TooManyRows(limit) => td_string!(lang, import.too_many_rows, limit = limit.to_string().as_str()),
        What::EmptyFile => td_string!(lang, import.empty_file).to_owned(),
        What::UnknownFormat => td_string!(lang, import.unknown_format).to_owned(),
        What::Damaged(read) => td_string!(lang, import.damaged, read = read.as_str()),
        What::EncodingGuessed(read) => td_string!(lang, import.encoding_guessed, read = *read),
        What::NoHeads(heads) => td_string!(lang, import.no_heads, read = heads.join(", ").as_str()),
        What::UnknownColumn(read) => td_string!(lang, import.unknown_column, read = read.as_str()),
        What::ColumnsAlike(_, heads) => td_string!(lang, import.columns_alike, read = heads.join(", ").as_str()),
        What::NoSuchColumn(read) => td_string!(lang, import.no_such_column, read = read.as_str()),
        What::QuoteNeverCloses => td_string!(lang, import.quote_never_closes).to_owned(),
        What::EmptyRow => td_string!(lang, import.empty_row).to_owned(),
        What::NoEvent(read) => td_string!(lang, import.no_event, read = read.as_str()),
        What::OtherSheet(read) => td_string!(lang, import.other_sheet, read = read.as_str()),
        What::TooManyCells(read) => td_string!(lang, import.too_many_cells, read = read.as_str()),
        What::ControlCharacter(read) => td_string!(lang, import.control_character, read = read.as_str()),
        What::NoTitle => td_string!(lang, import.no_title).to_owned(),
        What::TitleTooLong(_) => td_string!(lang, import.title_too_long).to_owned(),
        What::NoVenue => td_string!(lang, import.no_venue).to_owned(),
        What::UnknownVenue(read, None) => td_string!(lang, import.unknown_venue, read = read.as_str()),
        What::UnknownVenue(read, Some(near)) => {
            td_string!(lang, import.unknown_venue_near, read = read.as_str(), near = near.as_str())
        }
        What::NoStart => td_string!(lang, import.no_start).to_owned(),
        What::NoDay(read) => td_string!(lang, import.no_day, read = read.as_str()),
        What::NoYear(read) => td_string!(lang, import.no_year, read = read.as_str()),
        What::NoTime(read) => td_string!(lang, import.no_time, read = read.as_str()),
        What::NoSuchDay(read) => td_string!(lang, import.no_such_day, read = read.as_str()),
        What::NoSuchTime(read) => td_string!(lang, import.no_such_time, read = read.as_str()),
        What::DayOrMonth(read, Some(two)) => {
            let (one, other) = (dated(&two.day_first), dated(&two.month_first));
            td_string!(lang, import.day_or_month, read = read.as_str(), one = one.as_str(), other = other.as_str())
        }
        What::DayOrMonth(read, None) => td_string!(lang, import.day_or_month_mixed, read = read.as_str()),
        What::OtherWeekday(read) => td_string!(lang, import.other_weekday, read = read.as_str()),
        What::Unreadable(_, read) => td_string!(lang, import.unreadable, read = read.as_str()),
        What::SerialDate(read) => td_string!(lang, import.serial_date, read = read.as_str()),
        What::SkippedTime(read) => td_string!(lang, import.skipped_time, read = read.as_str()),
        What::DoubledTime(read) => td_string!(lang, import.doubled_time, read = read.as_str()),
        What::UnknownZone(read) => td_string!(lang, import.unknown_zone, read = read.as_str()),
        What::OtherZone(read) => td_string!(lang, import.other_zone, read = read.as_str()),
        What::Contradiction(_, one, other) => {
            td_string!(lang, import.contradiction, one = one.as_str(), other = other.as_str())
        }
        What::NoEnd => td_string!(lang, import.no_end).to_owned(),
        What::EndIsStart(read) => td_string!(lang, import.end_is_start, read = read.as_str()),
        What::EndBeforeStart(read) => td_string!(lang, import.end_before_start, read = read.as_str()),
        What::DayAndTime(one, other, line) => td_string!(
            lang,
            import.day_and_time,
            one = one.as_str(),
            other = other.as_str(),
            line = line.to_string().as_str()
        ),
        What::AllDay(first, last) if first == last => td_string!(lang, import.all_day, one = dated(first).as_str()),
        What::AllDay(first, last) => {
            td_string!(lang, import.all_days, one = dated(first).as_str(), other = dated(last).as_str())
        }
        What::UnreadableRule(read) => td_string!(lang, import.unreadable_rule, read = read.as_str()),
        What::Endless(until) => td_string!(lang, import.endless, read = dated(until).as_str()),
        What::CutOff => td_string!(lang, import.cut_off).to_owned(),
        What::UnreadableLine(read) => td_string!(lang, import.unreadable_line, read = read.as_str()),
        What::OtherComponent(read) => td_string!(lang, import.other_component, read = read.as_str()),
        What::UnknownStatus(read) => td_string!(lang, import.unknown_status, read = read.as_str()),
        What::IdTwice(read, lines) => {
            td_string!(lang, import.id_twice, read = read.as_str(), lines = listed(lines).as_str())
        }
        What::RowTwice(lines) => td_string!(lang, import.row_twice, lines = listed(lines).as_str()),
        What::NoSuchEvent => td_string!(lang, import.no_such_event).to_owned(),
        What::CountedTwice(read) => td_string!(lang, import.counted_twice, read = read.as_str()),
        What::SeveralEvents(titles) => td_string!(lang, import.several_events, read = titles.join(", ").as_str()),
        What::Overlaps(read) => td_string!(lang, import.overlaps, read = read.as_str()),
        What::OtherId(read) => td_string!(lang, import.other_id, read = read.as_str()),
        What::TakesId(read) => td_string!(lang, import.takes_id, read = read.as_str()),
        What::NotInFile => td_string!(lang, import.not_in_file).to_owned(),
    }
}
