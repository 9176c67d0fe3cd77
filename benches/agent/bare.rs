//! The bare peer: what tokio-tungstenite and serde_json allow at most.
//!
//! It reads an ASSIGN into a borrowed struct, answers the frames that an agent answers, each with an id of its own, and
//! flushes once for all that was there to be read. It registers nothing, keeps nothing, checks nothing.

use std::borrow::Cow;
use std::error::Error;

use futures_util::{FutureExt as _, SinkExt as _, StreamExt as _};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tokio::net::TcpStream;
use tokio_tungstenite::connect_async_with_config;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};
use uuid::Uuid;

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

#[derive(Deserialize)]
struct Frame<'f> {
    #[serde(rename = "type")]
    kind: &'f str,
    interface: Option<Cow<'f, str>>,
    assignation: Option<Cow<'f, str>>,
    #[serde(borrow)]
    args: Option<&'f RawValue>,
}

#[derive(Deserialize)]
struct Two {
    x: i64,
    y: i64,
}

#[derive(Deserialize)]
struct Text<'f> {
    #[serde(borrow)]
    text: Cow<'f, str>,
}

#[derive(Deserialize)]
struct Size {
    mib: usize,
}

/// What the peer sends; each frame has some of the fields.
#[derive(Serialize)]
struct Event<'f, R> {
    #[serde(serialize_with = "hyphenated")]
    id: Uuid,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    assignation: Option<&'f str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    returns: Option<Returns<R>>,
}

#[derive(Serialize)]
struct Returns<R> {
    return0: R,
}

fn hyphenated<S: serde::Serializer>(id: &Uuid, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.serialize_str(id.hyphenated().encode_lower(&mut Uuid::encode_buffer()))
}

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// Serves until the connection ends.
pub(crate) async fn serve(url: &str) -> Result<()> {
    let config = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
    let url = format!("{}/agi", url.replacen("http", "ws", 1));
    let (mut socket, _) = connect_async_with_config(url, Some(config), true).await?;
    let id = Uuid::new_v4();
    let register = format!(r#"{{"id":"{id}","type":"REGISTER","instance_id":"default","token":"token"}}"#);
    socket.feed(Message::text(register)).await?;
    socket.flush().await?;
    while let Some(message) = socket.next().await {
        let mut read = Some(message);
        while let Some(message) = read {
            if let Message::Text(text) = message? {
                answer(&mut socket, &text).await?;
            }
            read = socket.next().now_or_never().flatten();
        }
        socket.flush().await?;
    }
    Ok(())
}

async fn answer(socket: &mut Socket, text: &str) -> Result<()> {
    let frame: Frame<'_> = serde_json::from_str(text)?;
    let (Some(interface), Some(assignation), Some(args)) = (frame.interface, frame.assignation, frame.args)
    else {
        if frame.kind == "HEARTBEAT" {
            feed(socket, event("HEARTBEAT_ANSWER", None)).await?;
        }
        return Ok(());
    };
    let assignation = Some(&*assignation);
    let mut progress = event("PROGRESS", assignation);
    (progress.progress, progress.message) = (Some(0), Some("Queued for running"));
    feed(socket, progress).await?;
    match &*interface {
        "length" => {
            let Text { text } = serde_json::from_str(args.get())?;
            feed(socket, yields(assignation, text.len())).await?;
        }
        "text" => {
            let Size { mib } = serde_json::from_str(args.get())?;
            feed(socket, yields(assignation, "x".repeat(mib << 20))).await?;
        }
        _ => {
            let Two { x, y } = serde_json::from_str(args.get())?;
            feed(socket, yields(assignation, x + y)).await?;
        }
    }
    feed(socket, event("DONE", assignation)).await
}

fn yields<R>(assignation: Option<&str>, return0: R) -> Event<'_, R> {
    let returns = Some(Returns { return0 });
    Event { id: Uuid::new_v4(), kind: "YIELD", assignation, progress: None, message: None, returns }
}

fn event<'f>(kind: &'static str, assignation: Option<&'f str>) -> Event<'f, ()> {
    Event { id: Uuid::new_v4(), kind, assignation, progress: None, message: None, returns: None }
}

async fn feed(socket: &mut Socket, event: Event<'_, impl Serialize>) -> Result<()> {
    Ok(socket.feed(Message::text(serde_json::to_string(&event)?)).await?)
}
