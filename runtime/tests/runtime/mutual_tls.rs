//! Mutual TLS over real connections: the server sees the client's certificate, and does not answer without one that it trusts.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::sync::Arc;

use clientsmith_runtime::runtime::{Client, ClientBuilder, Error, Method, Request};
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::server::WebPkiClientVerifier;
use rustls::version::{TLS12, TLS13};
use rustls::{RootCertStore, ServerConfig, SupportedProtocolVersion};

use crate::https::{self, Authority, Connection, issued};
use crate::server::{DEFAULTS, operation};
use crate::transports::{Kind, Reqwest, Ureq};

#[tokio::test]
async fn a_server_sees_who_the_client_is() {
    match https::folder() {
        Some(folder) => calls(&folder).await,
        None => served(),
    }
}

/// Serves, while another process makes the calls.
fn served() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: String| fs::write(folder.path().join(name), text).unwrap();
    let authority = https::authority("authority");
    let (known, key) = issued(&authority, "known");
    put("known.pem", known.pem());
    put("known.key", key.serialize_pem());
    let (stranger, key) = issued(&https::authority("another"), "stranger");
    put("stranger.pem", stranger.pem());
    put("stranger.key", key.serialize_pem());
    let urls = [&TLS12, &TLS13].map(|version| serving(&authority, version, known.der()));
    put("servers", urls.join("\n"));
    https::check_calls("mutual_tls::a_server_sees_who_the_client_is", folder.path(), &authority);
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
    let (certificates, key) = https::identity(authority);
    let config = ServerConfig::builder_with_provider(provider).with_protocol_versions(&[version]).unwrap();
    let config = config.with_client_cert_verifier(verifier.build().unwrap());
    let config = config.with_single_cert(certificates, key).unwrap();
    let known = known.clone();
    https::serving(config, move |stream| answer(stream, &known))
}

fn answer(mut stream: Connection, known: &CertificateDer<'static>) -> io::Result<()> {
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
