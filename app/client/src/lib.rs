//! What the tablet loads. Everything is in `app`; here is only what makes the linker keep it.

use app as _;
