//! One production: its events, and the numbers of a course.

use leptos::prelude::*;

use super::{edit_address, kind_name};
use crate::{
    i18n::{Lang, td_string},
    kit::{
        dated_list::DatedList,
        empty::Empty,
        layout::{Layout, NavItem, PageHead},
        notice::{Notice, NoticeKind},
        section::Section,
    },
    pages::{
        shell::Shell,
        staff::{
            programme::{Row, event},
            subject::{
                data::Comment,
                panel::{Panel, pooled::Pooled},
            },
        },
    },
};
use domain::{
    id::ProductionId,
    lang::{Reader, Text},
    production::ProductionKind,
    summary::QuestionSummary,
    survey::{Question, SurveyVersion},
    time::Millis,
};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct ProductionData {
    /// which
    pub id: ProductionId,
    /// as on the poster
    pub title: Text,
    /// what kind of show it is
    pub kind: ProductionKind,
    /// of a course, what is told of all meetings together; `None` where the reader does not see all of them
    pub course: Option<CourseData>,
    /// its events, newest first
    pub events: Vec<Row>,
    /// whether the reader may change it
    pub may_edit: bool,
    /// milliseconds UTC
    pub now: Millis,
}

/// What is told of a course.
#[derive(Clone, Debug)]
pub struct CourseData {
    /// how many answers it is made of: none, or enough
    pub counted: u64,
    /// what was asked, the newest first
    pub surveys: Vec<SurveyVersion>,
    /// how it was answered
    pub questions: Vec<QuestionSummary>,
    /// the newest comments
    pub comments: Vec<Comment>,
}

/// The page.
#[component]
pub fn ProductionPage(
    /// what it shows
    data: ProductionData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let (locale, reader) = (shell.locale(), shell.reader);
    let ProductionData { id, title, kind, course, events, may_edit, now } = data;
    let title = reader.words(&title).text.to_owned();
    let edit = may_edit.then(|| view! { " · " <a href=edit_address(id)>{td_string!(locale, event_form.edit)}</a> });
    let line = view! {
        {kind_name(locale, kind)}
        {edit}
    };
    let is_course = kind == ProductionKind::Course;
    let elsewhere = (is_course && course.is_none()).then(|| td_string!(locale, course.elsewhere).to_owned());
    let pool = course.map(|course| pool(&course, reader));
    let empty = events.is_empty().then(|| {
        let says = td_string!(locale, course.no_events_says);
        view! { <Empty title=td_string!(locale, course.no_events) says=says /> }
    });
    let rows: Vec<_> = events.into_iter().map(|row| event(row, now, reader)).collect();
    let list = (!rows.is_empty()).then(|| {
        view! {
            <Section id="events" title=td_string!(locale, course.events)>
                <DatedList rows=rows />
            </Section>
        }
    });
    view! {
        <Layout shell=shell at=NavItem::Programme title=title.clone()>
            <PageHead title=title line=line.into_any() />
            <Notice kind=NoticeKind::Standing says=elsewhere />
            {pool}
            {empty}
            {list}
        </Layout>
    }
}

fn pool(data: &CourseData, reader: Reader) -> AnyView {
    let lang = reader.lang();
    if data.counted == 0 {
        let says = td_string!(lang, course.silent_says);
        return view! { <Empty title=td_string!(lang, course.silent) says=says /> }.into_any();
    }
    let question = |id| data.surveys.iter().find_map(|survey| survey.question(id)).cloned();
    let asked: Vec<(Question, QuestionSummary)> =
        data.questions.iter().filter_map(|summary| Some((question(summary.id)?, summary.clone()))).collect();
    let panels = asked
        .into_iter()
        .map(|(question, summary)| view! { <Pooled question=question summary=summary reader=reader /> })
        .collect_view();
    let (counted, comments) = (data.counted, comments(&data.comments, lang));
    view! {
        <div class="panels">
            <Panel id="pooled" title=td_string!(lang, course.pooled) width="w4">
                <p class="figure">
                    <span class="big">{counted}</span>
                    <span class="beside">
                        <strong>{td_string!(lang, course.answers)}</strong>
                    </span>
                </p>
                <p class="says">{td_string!(lang, course.answers_says)}</p>
            </Panel>
            {panels}
            {comments}
        </div>
    }
    .into_any()
}

fn comments(comments: &[Comment], lang: Lang) -> impl IntoView + use<> {
    let items = comments
        .iter()
        .cloned()
        .map(|comment| {
            let quote = comment
                .may_quote
                .then(|| view! { " " <span class="quotable">{td_string!(lang, staff.may_quote)}</span> });
            view! {
                <li>
                    <span class="face"></span>
                    <p>
                        <bdi lang=comment.lang.to_string()>{comment.text}</bdi>
                        {quote}
                    </p>
                </li>
            }
        })
        .collect_view();
    let inside = if comments.is_empty() {
        view! { <p class="says">{td_string!(lang, course.comments_none)}</p> }.into_any()
    } else {
        view! { <ul class="comments">{items}</ul> }.into_any()
    };
    view! {
        <Panel id="comments" title=td_string!(lang, course.comments) width="w12">
            {inside}
            <p class="quiet">{td_string!(lang, course.comments_says)}</p>
        </Panel>
    }
}
