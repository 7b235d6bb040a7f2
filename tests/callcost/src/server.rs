//! A server that answers every request with the same snapshot. It runs in a process of its own, so
//! that nothing of it is counted.

use std::error::Error;
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};

/// An answer of the operation, with most of what it may have.
pub(super) const SNAPSHOT: &str = r#"{"createdAt":"2026-03-01T12:00:00Z","description":"before migration","expiresAt":"2026-03-08T12:00:00Z","frequencyType":"daily","id":"32b6e34b3d91647abb20e7b8","links":[{"href":"https://cloud.mongodb.com/api/atlas/v2/groups/32b6e34b3d91647abb20e7b8","rel":"self"}],"masterKeyUUID":"6ba7b810-9dad-11d1-80b4-00c04fd430c8","mongodVersion":"8.0.4","policyItems":["32b6e34b3d91647abb20e7b9"],"snapshotType":"onDemand","status":"queued","storageSizeBytes":123456789,"type":"shardedCluster","cloudProvider":"AWS","members":[{"cloudProvider":"AWS","id":"32b6e34b3d91647abb20e7ba","replicaSetName":"shard-0"}],"snapshotIds":["32b6e34b3d91647abb20e7bb"]}"#;

/// Says where it listens, and answers until it is ended.
pub(super) fn serve() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    println!("http://{}", listener.local_addr()?);
    std::io::stdout().flush()?;
    for connection in listener.incoming() {
        let connection = connection?;
        std::thread::spawn(move || answer(connection));
    }
    Ok(())
}

/// Answers on one connection until it is closed.
fn answer(connection: TcpStream) -> std::io::Result<()> {
    // Without this an answer may wait for 40 ms, which nothing here counts but a person does.
    connection.set_nodelay(true)?;
    let mut requests = BufReader::new(connection.try_clone()?);
    let mut answers = connection;
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.atlas.2023-01-01+json\r\n\
         Content-Length: {}\r\n\r\n",
        SNAPSHOT.len()
    );
    let text = head + SNAPSHOT;
    while let Some(length) = body_length(&mut requests)? {
        requests.read_exact(&mut vec![0; length])?;
        answers.write_all(text.as_bytes())?;
    }
    Ok(())
}

/// Reads the head of a request: how long its body is; nothing if none came.
fn body_length(requests: &mut impl BufRead) -> std::io::Result<Option<usize>> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if requests.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let line = line.trim_end();
        if line.is_empty() {
            return Ok(Some(length));
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
    }
}
