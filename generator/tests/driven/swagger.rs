//! Clients of Swagger 2.0 documents, as a server gets what they send.

use modules::runtime::mock::Server;
use modules::runtime::multipart::FilePart;

use crate::support::{queries, server};

/// The media type and the body of the last request.
fn last(server: &Server) -> (String, String) {
    let requests = server.requests();
    let request = requests.last().unwrap();
    let media_type = request.header("content-type").unwrap_or_default().to_owned();
    (media_type, String::from_utf8(request.body().to_vec()).unwrap())
}

#[tokio::test]
async fn lists_are_written_in_their_collection_format() {
    use modules::swagger_parameters_become_those_of_3_0::Client;
    assert_eq!(Client::SERVERS.len(), 2);
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let words = ["x", "y"];
    let call = || client.pets().list([1, 2]).csv(words).ssv(words).pipes(words).multi(["a", "b"]).limit(3);
    server.on(call()).respond_json(204, ());
    call().await.unwrap();
    assert_eq!(queries(&server), ["csv=x,y&ssv=x y&pipes=x|y&multi=a&multi=b&limit=3"]);
    assert_eq!(server.requests()[0].path(), "/pets/1,2");
}

#[tokio::test]
async fn fields_and_files_are_sent_as_forms() {
    use modules::swagger_fields_of_forms_become_a_body::{Client, photos, types};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let form = types::PetsCreateRequest::new("a b").tags(vec!["x".to_owned(), "y".to_owned()]);
    server.on(client.pets().create(&form).dry(true)).respond_json(204, ());
    client.pets().create(&form).dry(true).await.unwrap();
    let expected = ("application/x-www-form-urlencoded".to_owned(), "name=a+b&tags=x&tags=y".to_owned());
    assert_eq!(last(&server), expected);
    let body = || photos::UploadMultipart::new(7, FilePart::from("bytes"));
    server.on(client.photos().upload(body())).respond_json(204, ());
    client.photos().upload(body()).await.unwrap();
    let (media_type, sent) = last(&server);
    assert!(media_type.starts_with("multipart/form-data; boundary="), "{media_type}");
    assert!(sent.contains("name=\"id\"") && sent.contains("\r\n\r\n7\r\n") && sent.contains("bytes"), "{sent}");
}
