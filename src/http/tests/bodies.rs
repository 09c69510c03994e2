//! Bodies that are too large, too slow, or too many.

use super::*;

#[tokio::test]
async fn a_body_that_is_too_large_is_not_read() {
    let server = Setup::default().start().await;
    let head = format!(
        "POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n",
        LARGEST_BODY + 1
    );
    let mut stream = TcpStream::connect(server.address())
        .await
        .expect("a connection");
    stream.write_all(head.as_bytes()).await.expect("sent");
    assert!(status_line(&mut stream).await.contains(" 413 "));

    let largest = "x".repeat(LARGEST_BODY);
    let taken = server.send("/slack/events", largest.as_str()).await;
    assert_eq!(taken.status(), 200);

    let mut stream = TcpStream::connect(server.address())
        .await
        .expect("a connection");
    let head = "POST /slack/events HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).await.expect("sent");
    let chunk = format!("{LARGEST_BODY:x}\r\n{largest}\r\n2\r\nxx\r\n");
    stream.write_all(chunk.as_bytes()).await.expect("sent");
    assert!(status_line(&mut stream).await.contains(" 413 "));
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let setup = Setup {
        body_within: Duration::from_millis(50),
        ..Setup::default()
    };
    let server = setup.start().await;
    let mut stream = TcpStream::connect(server.address())
        .await
        .expect("a connection");
    let head = "POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nab";
    stream.write_all(head.as_bytes()).await.expect("sent");
    assert!(status_line(&mut stream).await.contains(" 408 "));
}

#[tokio::test]
async fn bodies_that_do_not_come_hold_no_more_than_their_room() {
    let setup = Setup {
        bodies: 3,
        body_within: Duration::from_millis(500),
        ..Setup::default()
    };
    let server = setup.start().await;
    let mut slow = TcpStream::connect(server.address())
        .await
        .expect("a connection");
    let head = "POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 2048\r\n\r\nab";
    slow.write_all(head.as_bytes()).await.expect("sent");
    let mut large = TcpStream::connect(server.address())
        .await
        .expect("a connection");
    let head = "POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 4096\r\n\r\nab";
    large.write_all(head.as_bytes()).await.expect("sent");
    let sent = server.send("/slack/commands", COMMAND).await;
    assert_eq!(sent.status(), 200, "beside a slow one");
    assert!(status_line(&mut large).await.contains(" 503 "), "no room");
    assert!(status_line(&mut slow).await.contains(" 408 "));
}

async fn status_line(stream: &mut TcpStream) -> String {
    let mut bytes = vec![0; 256];
    let n = stream.read(&mut bytes).await.expect("an answer");
    String::from_utf8_lossy(&bytes[..n])
        .lines()
        .next()
        .unwrap_or_default()
        .to_owned()
}
