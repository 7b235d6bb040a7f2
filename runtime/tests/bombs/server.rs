//! A server that sends a head, the same bytes again and again, and an end.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

/// The URL of a server that answers every request so; it ends with the process.
pub(crate) fn serve(
    head: &'static [u8],
    again: &'static [u8],
    times: usize,
    end: &'static [u8],
) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            // Whoever has read enough hangs up, and that is the end of it.
            let _ = answer(&mut stream, head, again, times, end);
        }
    });
    url
}

fn answer(
    stream: &mut TcpStream,
    head: &[u8],
    again: &[u8],
    times: usize,
    end: &[u8],
) -> std::io::Result<()> {
    let mut request = [0; 4096];
    let mut length = 0;
    while !request[..length].windows(4).any(|window| window == b"\r\n\r\n") {
        match stream.read(&mut request[length..])? {
            0 => return Ok(()),
            read => length += read,
        }
    }
    stream.write_all(head)?;
    for _ in 0..times {
        stream.write_all(again)?;
    }
    stream.write_all(end)
}
