//! HTTP/2 over real connections, where the feature is on: it is spoken with a server that chooses it, and with no other.
//!
//! As in `mutual_tls`, the calls are made by this very test in a process of its own, which trusts the servers' authority.

use std::io::{self, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::{env, fs, thread};

use clientsmith_runtime::runtime::{ClientBuilder, Method, Request};
use rustls::crypto::ring;
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::mutual_tls::{Authority, authority, issued};
use crate::server::{DEFAULTS, operation};

type Connection = StreamOwned<ServerConnection, TcpStream>;

/// Where the process that makes the calls finds the servers.
const FOLDER: &str = "CLIENTSMITH_TEST_SERVERS";

#[tokio::test]
async fn it_is_spoken_where_the_server_chooses_it() {
    match env::var_os(FOLDER) {
        Some(folder) => calls(Path::new(&folder)).await,
        None => served(),
    }
}

/// Serves, while another process makes the calls.
fn served() {
    let folder = tempfile::tempdir().unwrap();
    let authority = authority("authority");
    fs::write(folder.path().join("authority.pem"), authority.pem()).unwrap();
    let urls = [&["h2", "http/1.1"][..], &["http/1.1"], &[]].map(|spoken| serving(&authority, spoken));
    fs::write(folder.path().join("servers"), urls.join("\n")).unwrap();
    let mut calls = Command::new(env::current_exe().unwrap());
    calls.args(["--exact", "http2::it_is_spoken_where_the_server_chooses_it"]).env(FOLDER, folder.path());
    calls.env("SSL_CERT_FILE", folder.path().join("authority.pem")).env_remove("SSL_CERT_DIR");
    let output = calls.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
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
    let (certificate, key) = issued(authority, "localhost");
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let mut config = config.with_single_cert(vec![certificate.der().clone()], key).unwrap();
    config.alpn_protocols = spoken.iter().map(|name| name.as_bytes().to_vec()).collect();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            // A client that has its answer may hang up at any time.
            _ = answer(StreamOwned::new(connection, stream.unwrap()));
        }
    });
    url
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
