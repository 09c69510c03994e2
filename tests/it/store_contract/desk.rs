//! What is kept beside the plan: documents, what threads are about, what people say of answers.

use gtm_advisor::advisor::{Commit, Kept, SentQuestion, Tally, ThreadSubject, Vote};
use gtm_advisor::ask::Subject;
use gtm_advisor::documents::{Document, Format, Learned, Passage, Visible};
use gtm_advisor::ident::{DocumentId, Installation, MessageTs, Person};
use gtm_advisor::intent::Rating;

use super::Bench;
use super::fixture::{DAY, at, channel, commit, team};

/// A document with a text that takes several records.
pub(super) fn learned(id: &str, visible: Visible, second: i64) -> Learned {
    let passages: Vec<_> = (0..40)
        .map(|n| Passage {
            heading: format!("Part {n}"),
            text: format!("Words of {id}. ").repeat(60),
        })
        .collect();
    Learned {
        document: Document {
            id: DocumentId::new(id),
            title: format!("Title of {id}"),
            format: Format::Markdown,
            owner: Person::new("U1"),
            learned: at(second),
            dated: None,
            visible,
            link: None,
            passages: passages.len(),
            letters: 1,
        },
        passages,
    }
}

async fn keep(bench: &Bench, installation: &Installation, kept: Vec<Kept>) {
    let turn = Commit {
        installation: installation.clone(),
        kept,
        ..commit()
    };
    bench.store().commit(turn).await.unwrap();
}

async fn ids(bench: &Bench, in_channel: &str) -> Vec<String> {
    let store = bench.store();
    let found = store
        .documents(&team(), &channel(in_channel))
        .await
        .unwrap();
    found.iter().map(|one| one.id.as_str().to_owned()).collect()
}

pub(super) async fn a_document_is_seen_where_it_was_learned_and_outlives_a_restart(
    mut bench: Bench,
) {
    let private = learned("b", Visible::Channel(channel("C1")), 1);
    let shared = learned("a", Visible::Workspace, 2);
    let all = [private.clone(), shared.clone(), private.clone()];
    keep(&bench, &team(), all.map(Kept::Learned).to_vec()).await;
    for _ in 0..2 {
        assert_eq!(ids(&bench, "C1").await, ["b", "a"]);
        assert_eq!(ids(&bench, "C2").await, ["a"]);
        let text = bench.store().learned(&team(), &private.document).await;
        assert_eq!(text.unwrap().as_ref(), Some(&private));
        let other = Installation::new("T2");
        let seen = bench.store().documents(&other, &channel("C1")).await;
        assert_eq!(seen.unwrap(), []);
        bench.reopen().await;
    }
}

pub(super) async fn a_document_that_is_learned_again_is_as_new_and_stays_its_owners(bench: Bench) {
    let first = learned("a", Visible::Workspace, 1);
    let mut again = learned("a", Visible::Workspace, 2);
    again.document.owner = Person::new("U9");
    keep(&bench, &team(), vec![Kept::Learned(first.clone())]).await;
    keep(&bench, &team(), vec![Kept::Learned(again.clone())]).await;
    let seen = bench.store().documents(&team(), &channel("C1")).await;
    again.document.owner = first.document.owner;
    assert_eq!(seen.unwrap(), [again.document.clone()]);
    let text = bench.store().learned(&team(), &again.document).await;
    assert_eq!(text.unwrap(), Some(again));
}

pub(super) async fn a_forgotten_document_leaves_no_text(bench: Bench) {
    let one = learned("a", Visible::Workspace, 1);
    keep(&bench, &team(), vec![Kept::Learned(one.clone())]).await;
    for _ in 0..2 {
        keep(&bench, &team(), vec![Kept::Forgotten(one.document.clone())]).await;
        assert!(ids(&bench, "C1").await.is_empty());
        let text = bench.store().learned(&team(), &one.document).await;
        assert_eq!(text.unwrap(), None);
    }
}

pub(super) async fn what_a_thread_is_about_is_kept_for_its_time(bench: Bench) {
    let thread = MessageTs::new("1.0");
    let about = |words: &str, until: i64| ThreadSubject {
        channel: channel("C1"),
        thread: thread.clone(),
        subject: Subject {
            about: words.to_owned(),
            ..Subject::default()
        },
        until: at(until),
    };
    keep(&bench, &team(), vec![Kept::Subject(about("ACV", DAY))]).await;
    keep(
        &bench,
        &team(),
        vec![Kept::Subject(about("Churn", 2 * DAY))],
    )
    .await;
    let store = bench.store();
    let kept = async || {
        let found = store
            .subject(&team(), &channel("C1"), &thread)
            .await
            .unwrap();
        found.map(|found| found.subject.about)
    };
    store.sweep(at(DAY)).await.unwrap();
    assert_eq!(kept().await.as_deref(), Some("Churn"));
    store.sweep(at(2 * DAY)).await.unwrap();
    assert_eq!(kept().await, None);
}

pub(super) async fn a_person_counts_once_for_an_answer(mut bench: Bench) {
    let vote = |person: &str, rating| {
        Kept::Vote(Vote {
            answer: "a1".to_owned(),
            entry: Some("motion-fit".to_owned()),
            person: Person::new(person),
            rating,
            until: at(30 * DAY),
        })
    };
    for rating in [Rating::Wrong, Rating::Wrong, Rating::Useful] {
        keep(&bench, &team(), vec![vote("U1", rating)]).await;
        bench.reopen().await;
    }
    keep(&bench, &team(), vec![vote("U2", Rating::NotForUs)]).await;
    let feedback = bench.store().feedback(&team()).await.unwrap();
    let tally = Tally {
        useful: 1,
        wrong: 0,
        not_for_us: 1,
    };
    assert_eq!(feedback.tallies, [(Some("motion-fit".to_owned()), tally)]);
    assert!(feedback.sent.is_empty());
    bench.store().sweep(at(31 * DAY)).await.unwrap();
    let later = bench.store().feedback(&team()).await.unwrap();
    assert_eq!(later.tallies, feedback.tallies);
}

pub(super) async fn a_question_that_was_sent_on_is_kept_for_90_days(bench: Bench) {
    let sent = SentQuestion {
        answer: "a1".to_owned(),
        entry: None,
        rating: Rating::Wrong,
        question: "what about us?".to_owned(),
        person: Person::new("U1"),
        at: at(0),
        until: at(90 * DAY),
    };
    for _ in 0..2 {
        keep(&bench, &team(), vec![Kept::Sent(sent.clone())]).await;
    }
    let store = bench.store();
    store.sweep(at(90 * DAY - 1)).await.unwrap();
    assert_eq!(store.feedback(&team()).await.unwrap().sent, [sent]);
    store.sweep(at(90 * DAY)).await.unwrap();
    assert!(store.feedback(&team()).await.unwrap().sent.is_empty());
}
