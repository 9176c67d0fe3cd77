//! Searching: lists of actions, implementations and agents, filtered, page after page.
//!
//! `find` answers "this one"; a search answers "which are there". The server filters where it can; what it cannot filter
//! by, the app and whether it is connected, is looked at as the pages come.

mod actions;
mod agents;
mod implementations;
mod pages;

pub use actions::ActionSearch;
pub use agents::AgentSearch;
pub use implementations::ImplementationSearch;
pub use pages::Listing;

use std::fmt;
use std::future::IntoFuture;

use futures_util::TryStreamExt as _;
use futures_util::future::BoxFuture;
use rekuest_core::CallError;

use crate::apps::is_named;
use crate::graphql::operations::Pagination;
use crate::{Client, GraphqlError, blocking};

/// How many are asked for at once unless another number is given.
const PAGE: usize = 50;

/// The numbers of a page that servers take. Each page but the first begins with the last one of the page before.
const PAGES: (usize, usize) = (2, 100);

/// A search that was not made yet: [`stream`](Self::stream) makes it page by page, [`first`](Self::first) until
/// something is found, and `.await` completely.
///
/// ```no_run
/// # async fn example(client: &rekuest_client::Client) -> Result<(), rekuest_core::CallError> {
/// for action in client.actions().search("blur").connected().await? {
///     println!("{}: {}", action.name(), action.description().unwrap_or_default());
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a search does nothing until it is awaited or streamed"]
pub struct Search<F> {
    client: Client,
    filter: F,
    agents: Agents,
    page_size: usize,
}

/// What can be listed: actions, implementations, agents. There is nothing to implement.
pub trait Listed: fmt::Debug + Default + Send + Sync + 'static {
    /// What is found.
    type Item: Send + 'static;
    /// What these are called, in errors.
    #[doc(hidden)]
    const WHAT: &'static str;

    /// One page.
    #[doc(hidden)]
    fn page<'f>(
        &'f self,
        client: &'f Client,
        pagination: Pagination,
    ) -> BoxFuture<'f, Result<Vec<Row<Self::Item>>, GraphqlError>>;
}

/// One line of a page.
#[doc(hidden)]
#[derive(Debug)]
pub struct Row<T> {
    id: String,
    /// The agents that offer it: their names, and whether they are connected.
    agents: Vec<(String, bool)>,
    item: T,
}

/// Which agents are meant; all unless something is asked for.
#[derive(Debug, Clone, Default)]
struct Agents {
    app: Option<String>,
    connected: Option<bool>,
}

impl Agents {
    /// Whether what these agents offer is meant. What nobody offers is not connected.
    fn accept(&self, agents: &[(String, bool)]) -> bool {
        let mut of_app =
            agents.iter().filter(|(name, _)| self.app.as_ref().is_none_or(|app| is_named(name, app)));
        match self.connected {
            Some(true) => of_app.any(|(_, connected)| *connected),
            Some(false) if self.app.is_some() => {
                let mut of_app = of_app.peekable();
                of_app.peek().is_some() && of_app.all(|(_, connected)| !connected)
            }
            Some(false) => of_app.all(|(_, connected)| !connected),
            None => self.app.is_none() || of_app.next().is_some(),
        }
    }
}

impl<F: Listed> Search<F> {
    pub(crate) fn new(client: Client) -> Self {
        Self { client, filter: F::default(), agents: Agents::default(), page_size: PAGE }
    }

    /// Only what this app offers, or is. It is named by its identifier, or with its version, as in `other_app:1.0`.
    pub fn app(mut self, app: impl Into<String>) -> Self {
        self.agents.app = Some(app.into());
        self
    }

    /// Only what can be called now.
    pub fn connected(mut self) -> Self {
        self.agents.connected = Some(true);
        self
    }

    /// Only what cannot be called now.
    pub fn disconnected(mut self) -> Self {
        self.agents.connected = Some(false);
        self
    }

    /// How many are asked for at once: 50 unless given, at least 2 and at most 100.
    pub fn page_size(mut self, size: usize) -> Self {
        self.page_size = size.clamp(PAGES.0, PAGES.1);
        self
    }

    /// What is found, page after page: a page is asked for when all of the one before was taken.
    ///
    /// Nothing comes twice. What is there from the beginning to the end of the search comes, also when something before
    /// it goes meanwhile, unless the list changes again and again; what is added meanwhile may come or not. It ends after
    /// the first error.
    pub fn stream(self) -> Listing<F::Item> {
        pages::listing(self)
    }

    /// All that is found, for code that blocks: the thread waits for it. Not inside of async code.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses.
    pub fn wait(self) -> Result<Vec<F::Item>, CallError> {
        blocking::wait(self)
    }

    /// The first that is found; none if nothing is.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses.
    pub async fn first(self) -> Result<Option<F::Item>, CallError> {
        self.stream().try_next().await
    }
}

/// All that is found.
impl<F: Listed> IntoFuture for Search<F> {
    type Output = Result<Vec<F::Item>, CallError>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.stream().try_collect())
    }
}

impl<F: fmt::Debug> fmt::Debug for Search<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Search")
            .field("filter", &self.filter)
            .field("agents", &self.agents)
            .field("page_size", &self.page_size)
            .finish_non_exhaustive()
    }
}

/// The text of several, unless there are none.
fn some_of(texts: impl IntoIterator<Item = impl Into<String>>) -> Option<Vec<String>> {
    Some(texts.into_iter().map(Into::into).collect())
}

impl Client {
    /// Searches the actions that there are, whether somebody offers them now or not. Calls of one that is found are run by
    /// any connected app that implements it; [`Action::offered_by`](crate::Action::offered_by) says who that is.
    pub fn actions(&self) -> ActionSearch {
        Search::new(self.clone())
    }

    /// Searches what each agent offers. Calls of one that is found are run by this agent alone.
    pub fn implementations(&self) -> ImplementationSearch {
        Search::new(self.clone())
    }

    /// Searches the agents: the app instances that have registered.
    pub fn agents(&self) -> AgentSearch {
        Search::new(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(app: Option<&str>, connected: Option<bool>, agents: &[(&str, bool)]) -> bool {
        let wanted = Agents { app: app.map(ToOwned::to_owned), connected };
        let agents: Vec<_> = agents.iter().map(|(name, is)| ((*name).to_owned(), *is)).collect();
        wanted.accept(&agents)
    }

    #[test]
    fn an_app_and_its_connection_are_looked_at_together() {
        let both: &[(&str, bool)] = &[("a:1", false), ("b:1", true)];
        assert!(accepts(None, None, both) && accepts(None, None, &[]));
        assert!(accepts(Some("a"), None, both) && !accepts(Some("c"), None, both));
        assert!(accepts(None, Some(true), both) && !accepts(Some("a"), Some(true), both));
        assert!(accepts(Some("a"), Some(false), both) && !accepts(None, Some(false), both));
        assert!(!accepts(Some("c"), Some(false), both));
        assert!(accepts(None, Some(false), &[]) && !accepts(None, Some(true), &[]));
    }
}
