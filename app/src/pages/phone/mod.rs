//! The visitor's own phone: server-rendered, no script, few bytes.
