//! What islands and forms have the server do, typed on both sides. A file is a function.
//!
//! A function is declared here, because the browser has to know its argument; what it does is the server's: the route
//! that answers it lays a [`Handler`] into the context (`server/src/http/server_functions.rs`, and `docs/recipes.md`).
//!
//! Without JavaScript the same form posts to the same address, and the server answers with the page instead.

pub mod form_error;
pub mod venue_settings;

#[cfg(feature = "ssr")]
pub use self::handler::{Handler, call_handler};

#[cfg(feature = "ssr")]
mod handler {
    use std::{fmt, pin::Pin, sync::Arc};

    use leptos::{
        prelude::use_context,
        server_fn::{
            ServerFn,
            error::{IntoAppError, ServerFnErrorErr},
        },
    };

    type HandlerFuture<F> =
        Pin<Box<dyn Future<Output = Result<<F as ServerFn>::Output, <F as ServerFn>::Error>> + Send>>;

    /// What the server does when a function is called.
    pub struct Handler<F: ServerFn>(Arc<dyn Fn(F) -> HandlerFuture<F> + Send + Sync>);

    impl<F: ServerFn> Handler<F> {
        /// Does this.
        pub fn new<A>(handle: impl Fn(F) -> A + Send + Sync + 'static) -> Self
        where
            A: Future<Output = Result<F::Output, F::Error>> + Send + 'static,
        {
            Self(Arc::new(move |call| Box::pin(handle(call))))
        }
    }

    impl<F: ServerFn> Clone for Handler<F> {
        fn clone(&self) -> Self {
            Self(Arc::clone(&self.0))
        }
    }

    impl<F: ServerFn> fmt::Debug for Handler<F> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.debug_tuple("Handler").field(&F::PATH).finish()
        }
    }

    /// The body of every server function.
    ///
    /// # Errors
    /// What the handler says; also where the route has laid none into the context.
    pub async fn call_handler<F: ServerFn + 'static>(call: F) -> Result<F::Output, F::Error> {
        match use_context::<Handler<F>>() {
            Some(handler) => (handler.0)(call).await,
            None => Err(ServerFnErrorErr::ServerError("no route handles this function".to_owned()).into_app_error()),
        }
    }
}
