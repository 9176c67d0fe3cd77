//! What an agent finds at the url it is given: answers to the GraphQL requests of its start, and the handshake of its
//! websocket. What comes after that is [`Load`]'s.

use std::io::{self, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use crate::load::Load;
use crate::process::{Agent, Process};

/// How long an agent may take from its start to its websocket.
const PATIENCE: Duration = Duration::from_secs(60);

/// Listens on a port of the system's choice for as long as the program runs.
pub(crate) struct Server {
    port: u16,
    agents: mpsc::Receiver<Upgraded>,
}

/// An agent that has registered. The process ends before the connection does, so that it has nothing to complain about.
pub(crate) struct Running {
    pub(crate) process: Process,
    pub(crate) load: Load,
}

/// A websocket, with what came right behind the handshake.
type Upgraded = (TcpStream, Vec<u8>);

impl Server {
    pub(crate) fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let port = listener.local_addr()?.port();
        let (sender, agents) = mpsc::channel();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let sender = sender.clone();
                // A connection that fails is its agent's matter.
                thread::spawn(move || drop(serve(stream, &sender)));
            }
        });
        Ok(Self { port, agents })
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Starts an agent, and waits until it has registered.
    pub(crate) fn run(&self, agent: Agent) -> io::Result<Running> {
        // A former agent may have come back before it was ended.
        while self.agents.try_recv().is_ok() {}
        let process = Process::spawn(agent, &self.url())?;
        let waited = self.agents.recv_timeout(PATIENCE);
        let (stream, read) = waited.map_err(|_| io::Error::other("the agent opened no websocket"))?;
        Ok(Running { process, load: Load::register(stream, &read)? })
    }
}

/// Answers requests until one of them becomes a websocket.
fn serve(mut stream: TcpStream, agents: &mpsc::Sender<Upgraded>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut read = Vec::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        if let Some((head, body)) = request(&read) {
            if let Some(key) = field(&head, "sec-websocket-key") {
                let accept = derive_accept_key(key.as_bytes());
                let answer = format!(
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                     Sec-WebSocket-Accept: {accept}\r\n\r\n"
                );
                stream.write_all(answer.as_bytes())?;
                // Nobody listens any more once the program ends.
                let _ = agents.send((stream, read[head.len() + 4..].to_vec()));
                return Ok(());
            }
            let data = answer(&body);
            let answer = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{data}",
                data.len()
            );
            stream.write_all(answer.as_bytes())?;
            read.drain(..head.len() + 4 + body.len());
            continue;
        }
        match stream.read(&mut buffer)? {
            0 => return Ok(()),
            more => read.extend_from_slice(&buffer[..more]),
        }
    }
}

/// Head and body of the first request, once it is there as a whole.
fn request(read: &[u8]) -> Option<(String, String)> {
    let end = read.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&read[..end]).into_owned();
    let length = field(&head, "content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let body = read[end + 4..].get(..length)?;
    Some((head, String::from_utf8_lossy(body).into_owned()))
}

fn field<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    let mut fields = head.lines().filter_map(|line| line.split_once(':'));
    fields.find_map(|(key, value)| key.eq_ignore_ascii_case(name).then(|| value.trim()))
}

/// What the requests of a start are answered with; the Python client asks for more fields than ours.
fn answer(body: &str) -> &'static str {
    if body.contains("ensureAgent") {
        concat!(
            r#"{"data":{"ensureAgent":{"id":"1","registry":{"client":{"id":"1","__typename":"Client"},"#,
            r#""user":{"sub":"1","__typename":"User"},"__typename":"Registry"},"memoryShelve":null,"#,
            r#""__typename":"Agent"}}}"#
        )
    } else if body.contains("setAgentStates") {
        r#"{"data":{"setAgentStates":[]}}"#
    } else {
        r#"{"data":{"setExtensionImplementations":[]}}"#
    }
}
