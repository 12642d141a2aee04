//! ten lines
use app as _;
