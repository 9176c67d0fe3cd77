//! The agent against a bare tokio-tungstenite agent that answers the same frames without looking: one assignation at a
//! time, and a thousand outstanding.
//!
//! `cargo bench --bench agent`. Both agents run in this process, on a runtime of one worker thread each, and are driven
//! by the same load generator on another; compare only within one run.

// A benchmark prints what it measured, and stops where its own set-up fails.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::time::{Duration, Instant};

use futures_util::{SinkExt as _, StreamExt as _};
use rekuest::{App, Function};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};
use tokio_tungstenite::{WebSocketStream, accept_async, connect_async};

const ONE_AT_A_TIME: usize = 5_000;
const PIPELINED: usize = 200_000;
const WINDOW: usize = 1_000;

type Socket = WebSocketStream<TcpStream>;

fn main() {
    let load = runtime();
    for round in 1..=3 {
        println!("round {round}");
        for (name, agent) in [("bare tungstenite", Agent::Bare), ("rekuest", Agent::Rekuest)] {
            let (latency, throughput) = load.block_on(measure(agent));
            println!(
                "  {name:17} p50 {:6.1} µs   p99 {:6.1} µs   {throughput:9.0} assignations/s",
                micros(latency.0),
                micros(latency.1),
            );
        }
    }
}

fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

fn micros(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}

#[derive(Clone, Copy)]
enum Agent {
    Bare,
    Rekuest,
}

/// Latency (p50, p99) and throughput of one agent.
async fn measure(agent: Agent) -> ((Duration, Duration), f64) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let agents = runtime();
    match agent {
        Agent::Bare => drop(agents.spawn(bare(format!("ws://127.0.0.1:{port}/agi")))),
        Agent::Rekuest => drop(agents.spawn(rekuest(format!("http://127.0.0.1:{port}")))),
    }
    let mut socket = accept(&listener).await;
    let register = socket.next().await.unwrap().unwrap();
    assert!(register.to_text().unwrap().contains("REGISTER"));
    let init = r#"{"id":"i","type":"INIT","instance_id":"default","agent":"1","inquiries":[]}"#;
    socket.send(Message::text(init)).await.unwrap();

    let mut sent = 0;
    let mut latencies = Vec::with_capacity(ONE_AT_A_TIME);
    for _ in 0..ONE_AT_A_TIME + 500 {
        let start = Instant::now();
        sent += 1;
        socket.send(Message::text(assign(sent))).await.unwrap();
        until_done(&mut socket, 1).await;
        latencies.push(start.elapsed());
    }
    let mut latencies = latencies.split_off(500);
    latencies.sort();
    let latency = (latencies[ONE_AT_A_TIME / 2], latencies[ONE_AT_A_TIME * 99 / 100]);

    let start = Instant::now();
    let (mut outstanding, mut done) = (0, 0);
    while done < PIPELINED {
        let more = (WINDOW - outstanding).min(PIPELINED - done - outstanding);
        for _ in 0..more {
            sent += 1;
            socket.feed(Message::text(assign(sent))).await.unwrap();
        }
        socket.flush().await.unwrap();
        outstanding += more;
        let ended = until_done(&mut socket, (outstanding / 2).max(1)).await;
        outstanding -= ended;
        done += ended;
    }
    let throughput = PIPELINED as f64 / start.elapsed().as_secs_f64();
    agents.shutdown_background();
    (latency, throughput)
}

/// Accepts the agent's websocket; answers the GraphQL requests that come before it.
async fn accept(listener: &TcpListener) -> Socket {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    loop {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.set_nodelay(true).unwrap();
        let mut peeked = [0; 4];
        while stream.peek(&mut peeked).await.unwrap() < peeked.len() {}
        if &peeked == b"GET " {
            return accept_async(stream).await.unwrap();
        }
        tokio::spawn(async move {
            let mut request = Vec::new();
            let mut buffer = [0; 65_536];
            loop {
                let read = stream.read(&mut buffer).await.unwrap_or(0);
                if read == 0 {
                    return;
                }
                request.extend_from_slice(&buffer[..read]);
                let text = String::from_utf8_lossy(&request).into_owned();
                let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
                let length = head.lines().find_map(|line| {
                    line.to_lowercase().strip_prefix("content-length:")?.trim().parse().ok()
                });
                if body.len() < length.unwrap_or(0) {
                    continue;
                }
                let data = if body.contains("ensureAgent") {
                    r#"{"data":{"ensureAgent":{"id":"1"}}}"#
                } else if body.contains("setAgentStates") {
                    r#"{"data":{"setAgentStates":[]}}"#
                } else {
                    r#"{"data":{"setExtensionImplementations":[]}}"#
                };
                let answer = format!(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{data}",
                    data.len()
                );
                stream.write_all(answer.as_bytes()).await.unwrap();
                request.clear();
            }
        });
    }
}

fn assign(number: usize) -> String {
    format!(
        r#"{{"id":"00000000-0000-4000-8000-{number:012}","type":"ASSIGN","interface":"add","extension":"default","reservation":null,"assignation":"{number}","root":null,"parent":null,"dependencies":{{}},"capture":false,"reference":"r{number}","args":{{"x":1,"y":2}},"message":null,"user":"1","org":"o","app":"caller","action":"h"}}"#
    )
}

/// Reads until this many assignations are done, or more that are there already.
async fn until_done(socket: &mut Socket, wanted: usize) -> usize {
    let mut done = 0;
    while done < wanted {
        let message = socket.next().await.unwrap().unwrap();
        let text = message.to_text().unwrap();
        assert!(!text.contains("\"CRITICAL\"") && !text.contains("\"ERROR\""), "{text}");
        done += usize::from(text.contains("\"DONE\""));
    }
    done
}

/// What can be had at most: finds the id in the text, answers PROGRESS, YIELD and DONE, flushes in batches.
async fn bare(url: String) {
    let (mut socket, _) = connect_async(url).await.unwrap();
    socket
        .send(Message::text(r#"{"id":"r","type":"REGISTER","instance_id":"default","token":""}"#))
        .await
        .unwrap();
    let (mut writer, mut reader) = socket.split();
    while let Some(Ok(message)) = reader.next().await {
        let mut next = Some(message);
        while let Some(message) = next.take() {
            if let Ok(text) = message.to_text()
                && let Some((_, rest)) = text.split_once("\"assignation\":\"")
                && let Some((id, _)) = rest.split_once('"')
            {
                for frame in [
                    format!(
                        r#"{{"id":"00000000-0000-4000-8000-000000000001","type":"PROGRESS","assignation":"{id}","progress":0,"message":"Queued for running"}}"#
                    ),
                    format!(
                        r#"{{"id":"00000000-0000-4000-8000-000000000001","type":"YIELD","assignation":"{id}","returns":{{"return0":3}}}}"#
                    ),
                    format!(
                        r#"{{"id":"00000000-0000-4000-8000-000000000001","type":"DONE","assignation":"{id}"}}"#
                    ),
                ] {
                    writer.feed(Message::Text(Utf8Bytes::from(frame))).await.unwrap();
                }
            }
            next = futures_util::FutureExt::now_or_never(reader.next()).flatten().and_then(Result::ok);
        }
        writer.flush().await.unwrap();
    }
}

async fn rekuest(url: String) {
    let add = Function::future("add", ["x", "y"], |x: i64, y: i64| async move { x + y });
    let app = App::new("bench").function(add).url(url).token("token").start().await.unwrap();
    let _ = app.join().await;
}
