//! A value that nothing on the screen follows.

use std::cell::RefCell;

/// Without the arena and the locks of Leptos' `StoredValue`, which a tablet would download once for every type.
#[derive(Default)]
pub(crate) struct Kept<T>(RefCell<T>);

impl<T> Kept<T> {
    pub(crate) const fn new(value: T) -> Self {
        Self(RefCell::new(value))
    }

    pub(crate) fn set_value(&self, value: T) {
        self.0.replace(value);
    }

    /// Looks at it. Nothing in here may change it.
    pub(crate) fn with_value<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(&self.0.borrow())
    }

    /// Changes it. Nothing in here may look at it otherwise.
    pub(crate) fn update_value(&self, change: impl FnOnce(&mut T)) {
        change(&mut self.0.borrow_mut());
    }
}

impl<T: Clone> Kept<T> {
    pub(crate) fn get_value(&self) -> T {
        self.0.borrow().clone()
    }
}
