use super::*;

const LONG: Duration = Duration::from_secs(3600);

fn opened(now: Instant) -> Outbox {
    let mut outbox = Outbox::new();
    outbox.open(Pace::Unlimited, Capabilities::NONE, now);
    outbox
}

fn push(outbox: &mut Outbox, kind: Kind, text: &str, at: Instant) -> u64 {
    outbox.push(Event::new("1".into(), kind, text.to_owned(), at))
}

fn taken(outbox: &mut Outbox, now: Instant) -> Vec<String> {
    let mut batch = Batch::default();
    outbox.take(&mut batch, || "answer".to_owned(), now);
    batch.drain().map(|frame| frame.as_str().to_owned()).collect()
}

#[test]
fn nothing_goes_out_without_a_connection_and_only_what_is_kept_waits_for_one() {
    let now = Instant::now();
    let mut outbox = opened(now);
    for (kind, text) in [(Kind::Log, "log"), (Kind::Yield, "yield"), (Kind::Status, "status")] {
        push(&mut outbox, kind, text, now);
    }
    outbox.close();
    assert!(taken(&mut outbox, now).is_empty());
    assert_eq!(outbox.waiting(), 1);
    outbox.open(Pace::Unlimited, Capabilities::NONE, now);
    assert_eq!(taken(&mut outbox, now), ["yield"]);
}

#[test]
fn progress_is_replaced_where_it_waits_and_not_once_it_is_gone() {
    let now = Instant::now();
    let mut outbox = opened(now);
    let number = push(&mut outbox, Kind::Progress, "1 %", now);
    push(&mut outbox, Kind::Yield, "yield", now);
    assert_eq!(outbox.replace_progress(number, "2 %".to_owned()), Ok(()));
    assert_eq!(outbox.replace_progress(number + 1, "3 %".to_owned()), Err("3 %".to_owned()));
    assert_eq!(taken(&mut outbox, now), ["2 %", "yield"]);
    assert!(outbox.replace_progress(number, "4 %".to_owned()).is_err());
    let number = push(&mut outbox, Kind::Progress, "5 %", now);
    outbox.supersede(number);
    assert!(taken(&mut outbox, now).is_empty());
    assert_eq!(outbox.passing_bytes, 0);
}

#[test]
fn the_numbers_of_a_former_connection_mean_nothing() {
    let now = Instant::now();
    let mut outbox = opened(now);
    push(&mut outbox, Kind::Yield, "yield", now);
    let number = push(&mut outbox, Kind::Progress, "1 %", now);
    outbox.close();
    outbox.open(Pace::Unlimited, Capabilities::NONE, now);
    push(&mut outbox, Kind::Progress, "of another", now);
    assert!(outbox.replace_progress(number, "2 %".to_owned()).is_err());
    assert_eq!(taken(&mut outbox, now), ["yield", "of another"]);
}

#[test]
fn a_heartbeat_confirms_what_was_written_before_the_last_answer() {
    let now = Instant::now();
    let mut outbox = opened(now);
    push(&mut outbox, Kind::Yield, "first", now);
    taken(&mut outbox, now);
    assert!(outbox.heartbeat(now).is_empty());
    push(&mut outbox, Kind::End, "second", now);
    assert_eq!(taken(&mut outbox, now), ["answer", "second"]);
    assert_eq!(outbox.heartbeat(now).len(), 1);
    assert_eq!(taken(&mut outbox, now), ["answer"]);
    assert_eq!(outbox.heartbeat(now).len(), 1);
    assert!(outbox.is_empty());
    assert_eq!(outbox.kept(), (0, 0));
}

#[test]
fn beyond_its_bounds_the_oldest_that_was_written_counts_as_delivered() {
    let now = Instant::now();
    let mut outbox = opened(now);
    for text in ["old", "new"] {
        push(&mut outbox, Kind::Yield, text, now);
    }
    taken(&mut outbox, now);
    let bytes = outbox.kept().1;
    assert!(outbox.keep_bound(bytes, 0, LONG, now).is_empty());
    assert!(!outbox.keep_bound(bytes - 1, 0, LONG, now).is_empty());
    assert!(outbox.complains(), "said once");
    assert_eq!(outbox.unconfirmed(), 1);
    assert!(!outbox.keep_bound(bytes, 0, LONG, now + LONG * 2).is_empty());
    assert!(!outbox.complains(), "and not again on this connection");
    assert_eq!(outbox.unconfirmed(), 0);
}

#[test]
fn events_wait_for_their_pace_and_answers_do_not() {
    let now = Instant::now();
    let mut outbox = Outbox::new();
    let one = std::num::NonZeroU32::MIN;
    outbox.open(Pace::PerSecond(one), Capabilities::ALL, now);
    for text in ["1", "2", "3"] {
        push(&mut outbox, Kind::Yield, text, now);
    }
    assert_eq!(taken(&mut outbox, now), ["1", "2"]);
    let mut batch = Batch::default();
    let later = now + Duration::from_secs(1);
    assert_eq!(outbox.take(&mut batch, String::new, now), Taken::NotBefore(later));
    outbox.heartbeat(now);
    assert_eq!(taken(&mut outbox, now), ["answer"]);
    assert!(!outbox.is_flushed());
    assert_eq!(taken(&mut outbox, later), ["3"]);
    outbox.landed();
    assert!(outbox.is_flushed());
}

#[test]
fn only_what_waits_for_a_connection_grows_too_old() {
    let now = Instant::now();
    let mut outbox = opened(now);
    push(&mut outbox, Kind::Yield, "old", now);
    push(&mut outbox, Kind::Yield, "new", now + LONG);
    let later = now + LONG + Duration::from_secs(1);
    assert!(outbox.expired(LONG, later).is_empty());
    outbox.close();
    assert_eq!(outbox.expired(LONG, later).len(), 1);
}
