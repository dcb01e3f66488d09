//! Mutual TLS over real connections: the server sees the client's certificate, and does not answer without one that it trusts.
//!
//! A client trusts what the system does, and of that only `SSL_CERT_FILE` can be chosen, for a whole process. So the calls are made
//! by this very test in a process of its own.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::{env, fs, thread};

use clientsmith_runtime::runtime::{Client, ClientBuilder, Error, Method, Request};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::version::{TLS12, TLS13};
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned, SupportedProtocolVersion};

use crate::server::{DEFAULTS, operation};
use crate::transports::{Kind, Reqwest, Ureq};

pub(crate) type Authority = CertifiedIssuer<'static, KeyPair>;

/// Where the process that makes the calls finds certificates and servers.
const FOLDER: &str = "CLIENTSMITH_TEST_CERTIFICATES";

#[tokio::test]
async fn a_server_sees_who_the_client_is() {
    match env::var_os(FOLDER) {
        Some(folder) => calls(Path::new(&folder)).await,
        None => served(),
    }
}

/// Serves, while another process makes the calls.
fn served() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: String| fs::write(folder.path().join(name), text).unwrap();
    let authority = authority("authority");
    put("authority.pem", authority.pem());
    let (known, key) = issued(&authority, "known");
    put("known.pem", known.pem());
    put("known.key", key.serialize_pem());
    let (stranger, key) = issued(&self::authority("another"), "stranger");
    put("stranger.pem", stranger.pem());
    put("stranger.key", key.serialize_pem());
    let urls = [&TLS12, &TLS13].map(|version| serving(&authority, version, known.der()));
    put("servers", urls.join("\n"));
    let mut calls = Command::new(env::current_exe().unwrap());
    calls.args(["--exact", "mutual_tls::a_server_sees_who_the_client_is"]).env(FOLDER, folder.path());
    calls.env("SSL_CERT_FILE", folder.path().join("authority.pem")).env_remove("SSL_CERT_DIR");
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

/// The address of a server that says whether its client showed `known`.
fn serving(
    authority: &Authority,
    version: &'static SupportedProtocolVersion,
    known: &CertificateDer<'static>,
) -> String {
    let (provider, mut roots) = (Arc::new(ring::default_provider()), RootCertStore::empty());
    roots.add(authority.der().clone()).unwrap();
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider));
    let (certificate, key) = issued(authority, "localhost");
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(provider).with_protocol_versions(&[version]).unwrap();
    let config = config.with_client_cert_verifier(verifier.build().unwrap());
    let config = Arc::new(config.with_single_cert(vec![certificate.der().clone()], key).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let known = known.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            // One that shows nothing, or something else, does not come so far.
            _ = answer(StreamOwned::new(connection, stream.unwrap()), &known);
        }
    });
    url
}

fn answer(
    mut stream: StreamOwned<ServerConnection, std::net::TcpStream>,
    known: &CertificateDer<'static>,
) -> std::io::Result<()> {
    let (mut request, mut piece) = (Vec::new(), [0; 1024]);
    while !request.ends_with(b"\r\n\r\n") {
        let length = stream.read(&mut piece)?;
        request.extend_from_slice(&piece[..length]);
    }
    let shown = stream.conn.peer_certificates().and_then(<[_]>::first);
    let said = if shown == Some(known) { "known" } else { "other" };
    write!(stream, "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 5\r\n\r\n{said}")?;
    stream.conn.send_close_notify();
    stream.flush()
}

async fn calls(folder: &Path) {
    for url in fs::read_to_string(folder.join("servers")).unwrap().lines() {
        made::<Reqwest>(url, folder).await;
        made::<Ureq>(url, folder).await;
    }
}

async fn made<K: Kind>(url: &str, folder: &Path) {
    let builder = || ClientBuilder::new(DEFAULTS).base_url(url);
    let showing = |name: &str| {
        let read = |kind: &str| fs::read(folder.join(format!("{name}.{kind}"))).unwrap();
        builder().identity_pem(read("pem"), read("key"))
    };
    let call = |builder: ClientBuilder| {
        K::run(K::client(builder).build().unwrap(), async |client: &Client| {
            Request::new(client, operation(Method::GET, "/")).send_raw().await
        })
    };
    assert_eq!(call(showing("known")).await.unwrap().text(), "known");
    for without in [builder(), showing("stranger")] {
        let error = call(without).await.unwrap_err();
        assert!(matches!(error, Error::Transport(_)) && !error.is_timeout(), "{error:?}");
    }
}
