//! Forms that do not open, or not in time.

use super::*;

const LEARN: &str =
    "command=%2Fgtm&text=learn&team_id=T1&channel_id=C1&user_id=U1&trigger_id=1.2.a";

/// A server whose forms open or are refused within these, and that refuses the first.
async fn refusing(forms: FormTimes) -> Server {
    let setup = Setup {
        answer: Answered::Now(SentReply { row: row(vec![]) }),
        forms,
        ..Setup::default()
    };
    let server = setup.start().await;
    let refused = json!({"ok": false, "error": "expired_trigger_id"});
    server.fake.will("/api/views.open", [Answer::Json(refused)]);
    server
}

#[tokio::test]
async fn a_form_that_is_refused_early_is_answered_in_the_response() {
    let server = refusing(FormTimes::beside(Duration::from_secs(30))).await;
    let said = json_of(server.send("/slack/commands", LEARN).await).await;
    assert_eq!(said["text"], "Two gaps");
}

#[tokio::test]
async fn a_form_that_is_refused_late_is_answered_once_and_by_itself() {
    let forms = FormTimes {
        refused: Duration::ZERO,
        ..FormTimes::beside(Duration::from_secs(30))
    };
    let mut server = refusing(forms).await;
    let said = json_of(server.send("/slack/commands", LEARN).await).await;
    let words = said["text"].as_str().expect("words");
    assert!(words.contains("slow to open the form"), "{words}");
    let late = server.unheard.recv().await.expect("a row");
    assert_eq!(late.id.as_str(), "o1");
    server.stop().await;
    assert!(server.written.try_recv().is_err());
    assert_eq!(server.asked().len(), 1);
}
