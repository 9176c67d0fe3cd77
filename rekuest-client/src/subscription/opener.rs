//! Opening sockets: where the server is now, and with a token that it takes.

use rekuest_core::Token;

use super::{Socket, SubscriptionError};
use crate::{Graphql, Operation, Renew, Timing};

/// Opens one socket after the other, each with another token than the one that was refused last, if there is another.
pub(crate) struct Opener {
    graphql: Graphql,
    timing: Timing,
    /// The token of the last socket.
    token: Option<Token>,
    /// Whether the server refused it.
    refused: bool,
}

impl Opener {
    pub(crate) fn new(graphql: Graphql, timing: Timing) -> Self {
        Self { graphql, timing, token: None, refused: false }
    }

    /// Connects, and subscribes to what `operation` asks for.
    pub(crate) async fn open<O: Operation>(
        &mut self,
        operation: &O,
    ) -> Result<Socket<O::Data>, SubscriptionError> {
        let access = match &self.token {
            Some(token) if std::mem::take(&mut self.refused) => self.graphql.renew(token).await?,
            _ => self.graphql.access(Renew::No).await?,
        };
        self.token = Some(access.token.clone());
        let opened = Socket::open(&self.graphql, &access, operation, self.timing).await;
        if let Err(error) = &opened {
            self.ended(error);
        }
        opened
    }

    /// The last socket has ended with this. A wrong token is acknowledged like any other; only the subscription shows it.
    pub(crate) fn ended(&mut self, error: &SubscriptionError) {
        self.refused = matches!(error, SubscriptionError::Refused { .. });
    }
}
