//! Parts of staff pages that live on in the browser.
