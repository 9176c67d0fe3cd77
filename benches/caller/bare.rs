//! The same way without rekuest, as a measure of the machine: from a caller through a relay to an agent and back, over
//! websockets, with nobody who looks at what travels.

use std::time::Instant;

use futures_util::{FutureExt as _, SinkExt as _, StreamExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, accept_async, connect_async_with_config};

use crate::measure::percentile;
use crate::process::Process;
use crate::stage::Place;
use crate::{Outcome, failed, say};

type Socket<S> = WebSocketStream<S>;

/// As long as an `assign` is.
const LENGTH: usize = 600;

/// Listens for the agent, and then for the caller, and relays between them until one is gone.
pub(crate) async fn relay(listener: TcpListener) -> Outcome<()> {
    let (agent_writer, agent_reader) = accept(&listener).await?.split();
    let (caller_writer, caller_reader) = accept(&listener).await?.split();
    tokio::try_join!(pump(caller_reader, agent_writer), pump(agent_reader, caller_writer))?;
    Ok(())
}

/// Connects; what is returned answers everything with itself.
pub(crate) async fn echo(url: &str) -> Outcome<impl Future<Output = Outcome<()>> + Send + use<>> {
    let (writer, reader) = connect(url).await?.split();
    Ok(pump(reader, writer))
}

async fn accept(listener: &TcpListener) -> Outcome<Socket<TcpStream>> {
    let (socket, _) = listener.accept().await?;
    socket.set_nodelay(true)?;
    Ok(accept_async(socket).await?)
}

async fn connect(url: &str) -> Outcome<Socket<MaybeTlsStream<TcpStream>>> {
    Ok(connect_async_with_config(url, None, true).await?.0)
}

/// Writes what is read, and flushes when nothing more has arrived.
async fn pump(
    mut reader: impl futures_util::Stream<Item = Result<Message, Error>> + Unpin,
    mut writer: impl futures_util::Sink<Message, Error = Error> + Unpin,
) -> Outcome<()> {
    loop {
        let message = match reader.next().now_or_never() {
            Some(message) => message,
            None => {
                writer.flush().await?;
                reader.next().await
            }
        };
        writer.feed(message.ok_or_else(|| failed("the other end is gone"))??).await?;
    }
}

async fn next(caller: &mut Socket<MaybeTlsStream<TcpStream>>) -> Outcome<()> {
    caller.next().await.ok_or_else(|| failed("the relay is gone"))??;
    Ok(())
}

/// Measures it: so many messages one at a time, and so many with some of them outstanding.
pub(crate) async fn measured(place: Place, count: usize, outstanding: usize, many: usize) -> Outcome<()> {
    let mut processes = Vec::new();
    let mut tasks = tokio::task::JoinSet::new();
    let mut caller = match place {
        Place::Together => {
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            let url = format!("ws://{}", listener.local_addr()?);
            tasks.spawn(relay(listener));
            tasks.spawn(echo(&url).await?);
            connect(&url).await?
        }
        Place::Apart => {
            let (relay, url) = Process::spawn(&["relay"])?;
            let (echo, _) = Process::spawn(&["echo", &url])?;
            processes.extend([relay, echo]);
            connect(&url).await?
        }
    };
    let message = Message::text("x".repeat(LENGTH));
    let mut times = Vec::with_capacity(count);
    for _ in 0..count {
        let begun = Instant::now();
        caller.send(message.clone()).await?;
        next(&mut caller).await?;
        times.push(begun.elapsed());
    }
    say("bare relay: one at a time, p50", percentile(&mut times, 50), "µs");
    say("bare relay: one at a time, p99", percentile(&mut times, 99), "µs");

    let begun = Instant::now();
    for _ in 0..outstanding {
        caller.feed(message.clone()).await?;
    }
    for answered in 0..many {
        match caller.next().now_or_never() {
            Some(answer) => drop(answer.ok_or_else(|| failed("the relay is gone"))??),
            None => {
                caller.flush().await?;
                next(&mut caller).await?;
            }
        }
        if answered + outstanding < many {
            caller.feed(message.clone()).await?;
        }
    }
    let rate = many as f64 / begun.elapsed().as_secs_f64();
    say(&format!("bare relay: {outstanding} outstanding"), rate, "messages/s");
    Ok(())
}
