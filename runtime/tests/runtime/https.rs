//! Servers of HTTPS for tests whose calls are made by the same test in a process of its own.
//!
//! A client trusts what the system does, and of that only `SSL_CERT_FILE` can be chosen, for a whole process.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::{env, fs, io, thread};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

pub(crate) type Authority = CertifiedIssuer<'static, KeyPair>;

pub(crate) type Connection = StreamOwned<ServerConnection, TcpStream>;

/// Where the process that makes the calls finds certificates and servers.
const FOLDER: &str = "CLIENTSMITH_TEST_SERVERS";

/// The folder with certificates and servers, in the process that makes the calls.
pub(crate) fn folder() -> Option<PathBuf> {
    env::var_os(FOLDER).map(PathBuf::from)
}

/// Has `test` make its calls, of the servers whose addresses are in the folder, trusting `authority`.
pub(crate) fn check_calls(test: &str, folder: &Path, authority: &Authority) {
    let trusted = folder.join("authority.pem");
    fs::write(&trusted, authority.pem()).unwrap();
    let mut calls = Command::new(env::current_exe().unwrap());
    calls.args(["--exact", test]).env(FOLDER, folder);
    calls.env("SSL_CERT_FILE", trusted).env_remove("SSL_CERT_DIR");
    let output = calls.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

pub(crate) fn authority(name: &str) -> Authority {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

pub(crate) fn issued(authority: &Authority, name: &str) -> (rcgen::Certificate, KeyPair) {
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new([name.to_owned()]).unwrap();
    (params.signed_by(&key, authority).unwrap(), key)
}

/// What a server shows that clients of `authority` trust.
pub(crate) fn identity(authority: &Authority) -> (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>) {
    let (certificate, key) = issued(authority, "localhost");
    (vec![certificate.der().clone()], PrivateKeyDer::try_from(key.serialize_der()).unwrap())
}

/// The address of a server that has `answer` answer each connection.
pub(crate) fn serving(
    config: ServerConfig,
    answer: impl Fn(Connection) -> io::Result<()> + Send + 'static,
) -> String {
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            // A client may be refused in the handshake, and hang up when it has its answer.
            _ = answer(StreamOwned::new(connection, stream.unwrap()));
        }
    });
    url
}
