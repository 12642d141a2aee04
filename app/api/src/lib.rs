//! What travels between tablet, phone, server and other people's programs.
