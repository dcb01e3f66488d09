//! HTTP/2 over real connections, where the feature is on: it is spoken with a server that chooses it, and with no other.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::sync::Arc;

use clientsmith_runtime::runtime::{ClientBuilder, Method, Request};
use rustls::ServerConfig;
use rustls::crypto::ring;

use crate::https::{self, Authority, Connection};
use crate::server::{DEFAULTS, operation};

#[tokio::test]
async fn it_is_spoken_where_the_server_chooses_it() {
    match https::folder() {
        Some(folder) => calls(&folder).await,
        None => served(),
    }
}

/// Serves, while another process makes the calls.
fn served() {
    let folder = tempfile::tempdir().unwrap();
    let authority = https::authority("authority");
    let urls = [&["h2", "http/1.1"][..], &["http/1.1"], &[]].map(|spoken| serving(&authority, spoken));
    fs::write(folder.path().join("servers"), urls.join("\n")).unwrap();
    https::check_calls("http2::it_is_spoken_where_the_server_chooses_it", folder.path(), &authority);
}

/// A call of each server: 204 is what is said in HTTP/2, and 200 in HTTP/1.1.
async fn calls(folder: &Path) {
    let servers = fs::read_to_string(folder.join("servers")).unwrap();
    for (url, expected) in servers.lines().zip([204, 200, 200]) {
        let client = ClientBuilder::new(DEFAULTS).base_url(url).build().unwrap();
        let answer = Request::new(&client, operation(Method::GET, "/")).send_raw().await.unwrap();
        assert_eq!(answer.status(), expected, "{url}");
    }
}

/// The address of a server that speaks these protocols, the first it likes best.
fn serving(authority: &Authority, spoken: &[&str]) -> String {
    let (certificates, key) = https::identity(authority);
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let mut config = config.with_single_cert(certificates, key).unwrap();
    config.alpn_protocols = spoken.iter().map(|name| name.as_bytes().to_vec()).collect();
    https::serving(config, answer)
}

fn answer(mut stream: Connection) -> io::Result<()> {
    let mut preface = [0; 24];
    stream.read_exact(&mut preface)?;
    if stream.conn.alpn_protocol() != Some(b"h2") {
        write!(stream, "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")?;
        stream.conn.send_close_notify();
        return stream.flush();
    }
    // RFC 9113, section 4.1: three bytes of length, type, flags, four bytes of stream.
    let mut frame = [0; 9];
    while frame[3] != 1 {
        stream.read_exact(&mut frame)?;
        let length = u32::from_be_bytes([0, frame[0], frame[1], frame[2]]);
        io::copy(&mut (&mut stream).take(length.into()), &mut io::sink())?;
    }
    // SETTINGS without any, the acknowledgement of the client's, and HEADERS that end the stream: `:status: 204` (RFC 7541, appendix A).
    let settings = [0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0];
    let headers = [0, 0, 1, 1, 5, frame[5], frame[6], frame[7], frame[8], 0x89];
    stream.write_all(&[&settings[..], &headers].concat())?;
    stream.flush()?;
    // Until the client hangs up.
    io::copy(&mut stream, &mut io::sink()).map(drop)
}
