//! Aplodi's program: everything that runs on the organisation's own machine.

pub mod store;
