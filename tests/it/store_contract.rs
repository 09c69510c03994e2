//! The contract of `advisor::Store`: one suite that every store passes, each test in a store of its own.
//!
//! Time is a parameter throughout, so nothing here waits for a clock.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on shall fail")]

mod ahead;
mod commit;
mod dead;
mod departure;
mod desk;
mod fixture;
mod inbox;
mod keeping;
mod lease;
mod moved;
mod outbox;
mod proposal;
mod snapshots;

use std::path::Path;
use std::sync::Arc;

use gtm_advisor::advisor::Store;
use gtm_advisor::store::{RecordStore, SealingKeys};
use secrecy::SecretString;

/// A store in a place of its own, that can be closed and opened again.
struct Bench {
    place: tempfile::TempDir,
    open: fn(&Path) -> Opening<'_>,
    store: Option<Arc<dyn Store>>,
}

type Opening<'a> = std::pin::Pin<Box<dyn Future<Output = Arc<dyn Store>> + Send + 'a>>;

impl Bench {
    async fn new(open: fn(&Path) -> Opening<'_>) -> Self {
        let place = tempfile::tempdir().unwrap();
        let store = Some(open(place.path()).await);
        Self { place, open, store }
    }

    fn store(&self) -> &Arc<dyn Store> {
        self.store
            .as_ref()
            .expect("it is only away while it is opened again")
    }

    /// Closes the store and opens it again; whoever still holds it keeps it from closing.
    async fn reopen(&mut self) {
        let store = self.store.take().unwrap();
        assert_eq!(
            Arc::strong_count(&store),
            1,
            "somebody still holds the store"
        );
        drop(store);
        self.store = Some((self.open)(self.place.path()).await);
    }
}

fn sled_plain(place: &Path) -> Opening<'_> {
    Box::pin(async {
        let store = RecordStore::open(place, SealingKeys::none()).await.unwrap();
        Arc::new(store) as Arc<dyn Store>
    })
}

fn sled_sealed(place: &Path) -> Opening<'_> {
    Box::pin(async {
        let keys = SecretString::from("5e".repeat(32));
        let keys = SealingKeys::parse(&keys).unwrap();
        Arc::new(RecordStore::open(place, keys).await.unwrap()) as Arc<dyn Store>
    })
}

macro_rules! contract {
    ($($topic:ident: $($test:ident)+;)+) => {
        contract!(@on sled_plain, $($($topic::$test,)+)+);
        contract!(@on sled_sealed, $($($topic::$test,)+)+);
    };
    (@on $store:ident, $($topic:ident::$test:ident,)+) => {
        mod $store {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $test() {
                    super::$topic::$test(super::Bench::new(super::$store).await).await;
                }
            )+
        }
    };
}

contract! {
    inbox:
        a_repeat_is_recognised_by_any_of_its_keys
        sixty_four_at_once_are_one_delivery
        due_events_come_oldest_first
        one_event_of_a_channel_at_a_time
        an_event_put_off_waits_and_none_of_its_channel_overtakes
        an_event_is_worked_off_once
        what_a_clock_ahead_has_put_off_comes_when_it_is_set_right
        a_delivery_without_a_key_is_refused;
    lease:
        one_has_it_at_a_time
        sixty_four_at_once_get_one_lease
        an_expired_lease_is_taken_and_its_commit_refused
        a_commit_lets_it_go
        the_fence_grows_for_good;
    commit:
        a_change_is_sheet_history_and_pointer
        the_history_folds_to_the_sheet
        of_two_writers_one_is_stale
        of_two_first_plans_one_is_stale
        a_refused_commit_stores_nothing
        a_repeated_command_gets_the_same_reply
        sixty_four_repeats_change_once
        changes_with_a_gap_are_refused
        long_texts_come_back_whole
        a_long_history_is_paged;
    outbox:
        people_come_before_digests_and_older_first
        one_row_of_a_channel_at_a_time
        a_person_overtakes_a_digest
        a_row_that_backs_off_holds_back_its_channel_only
        response_rows_wait_for_nobody
        what_was_being_sent_comes_back
        what_has_ended_stays_ended
        what_was_taken_back_ends_quietly
        sixty_four_at_once_keep_their_order
        a_random_walk_agrees_with_a_plain_list;
    dead:
        letters_say_ids_and_reasons_newest_first
        an_event_is_put_back
        an_effect_is_put_back;
    departure:
        from_the_news_on_nothing_is_handed_out
        an_erased_workspace_leaves_nothing_and_others_whole
        what_was_said_before_leaves_nothing_and_what_is_said_later_begins_anew
        a_repeat_of_the_news_in_any_order_changes_nothing
        an_erasure_goes_on_after_opening_again
        that_a_workspace_was_erased_is_kept_for_14_days;
    moved:
        all_that_is_kept_for_a_channel_follows_it
        nothing_is_written_under_an_id_that_is_no_more
        an_id_that_a_channel_had_before_may_be_its_id_again
        the_messages_of_a_history_are_found_under_the_new_id
        what_was_there_before_goes_before_what_was_begun_meanwhile
        of_a_workspace_that_left_no_channel_is_followed;
    desk:
        a_document_is_seen_where_it_was_learned_and_outlives_a_restart
        a_document_that_is_learned_again_is_as_new_and_stays_its_owners
        a_forgotten_document_leaves_no_text
        what_a_thread_is_about_is_kept_for_its_time
        a_person_counts_once_for_an_answer
        a_question_that_was_sent_on_is_kept_for_90_days;
    snapshots:
        the_newest_checks_come_back_oldest_first
        two_checks_at_once_are_both_kept
        a_repeated_check_is_kept_once
        older_checks_are_kept_one_a_week
        checks_of_other_installations_stay_theirs;
    proposal:
        a_proposal_comes_back_with_each_of_its_changes
        of_two_who_decide_one_is_stale
        the_proposals_of_a_thread_come_oldest_first
        a_source_is_added_to
        a_proposal_is_kept_for_14_days;
    keeping:
        all_is_there_after_opening_again
        installations_do_not_see_each_other
        an_event_is_kept_for_24_hours
        a_dedup_key_is_kept_for_7_days
        a_dead_letter_is_kept_for_7_days
        a_sent_row_is_kept_for_15_minutes
        a_sweep_leaves_what_is_still_needed;
    ahead:
        nothing_is_kept_longer_than_its_kind_by_a_clock_ahead
        a_proposal_is_found_in_its_thread_under_the_right_date
        a_workspace_that_left_by_a_clock_ahead_may_come_back
        a_lease_by_a_clock_ahead_holds_nobody_up;
}
