//! A part of the screen that is built from nothing whenever another one comes.
//!
//! Leptos compares what stands there with what shall stand there, and for that the tablet would download, for every
//! scene, how it becomes itself again. It never does: two questions in a row must not even share a button, since a
//! finger that came down on one question must not be lifted on the next. What does change within a scene (a class, the
//! seconds that are left) Leptos keeps up to date as everywhere.

use std::any::Any;

use leptos::tachys::{
    html::attribute::{Attribute, any_attribute::AnyAttribute},
    hydration::Cursor,
    renderer::{
        Rndr,
        types::{Element, Node},
    },
    view::{Mountable, Position, PositionState, Render, RenderHtml, add_attr::AddAnyAttr},
};

/// One element and all that is in it, not built yet. One type for all of them.
pub(super) struct RebuiltView(Box<dyn FnOnce() -> Built + Send>);

/// What has been built.
pub(super) struct Built {
    root: Element,
    /// what keeps the element up to date, for as long as it lives
    _alive: Box<dyn Any>,
}

impl RebuiltView {
    /// Of a view that is one element.
    pub(super) fn new<V: Render<State: 'static> + Send + 'static>(view: V) -> Self {
        Self(Box::new(move || {
            let mut state = view.build();
            let holder = Rndr::create_element("div", None);
            state.mount(&holder, None);
            Built { root: holder.first_element_child().unwrap_or(holder), _alive: Box::new(state) }
        }))
    }
}

impl Render for RebuiltView {
    type State = Built;

    fn build(self) -> Built {
        self.0()
    }

    fn rebuild(self, old: &mut Built) {
        let mut new = self.build();
        old.insert_before_this(&mut new);
        old.unmount();
        *old = new;
    }
}

impl Mountable for Built {
    fn unmount(&mut self) {
        self.root.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.root.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.root.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        vec![self.root.clone()]
    }
}

impl AddAnyAttr for RebuiltView {
    type Output<NewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self {
        self
    }
}

/// Leptos wants to know how every view becomes text. The kiosk is never rendered on a server.
impl RenderHtml for RebuiltView {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Built {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
