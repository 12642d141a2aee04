//! `/staff`

mod about;
mod days;
mod delay;
mod events;
mod first_steps;
mod health;
mod imports;
mod kiosks;
mod live;
mod login;
mod organisation;
mod placing;
mod programme;
mod set_up;
mod settings;
mod venues;
