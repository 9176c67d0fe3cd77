use super::*;

fn done(assignation: &str) -> FromAgent {
    FromAgent::Done { assignation: assignation.to_owned() }
}

fn yielded(assignation: &str, returns: &str) -> FromAgent {
    let returns = serde_json::value::RawValue::from_string(returns.to_owned()).expect("json");
    FromAgent::Yield { assignation: assignation.to_owned(), returns: Some(returns) }
}

fn admit(table: &Table, assignation: &str) -> AssignationId {
    match table.admit(assignation) {
        Admission::Admitted(id, _) => id,
        other => panic!("expected it to be admitted, got {other:?}"),
    }
}

/// What the writer would send now, as types.
async fn sent(table: &Table) -> Vec<String> {
    let mut batch = Vec::new();
    table.next_batch(&mut batch).await;
    batch.iter().map(|frame| FromAgent::parse(frame).expect("our own frame").kind().to_owned()).collect()
}

fn nothing_to_send(table: &Table) -> bool {
    use futures_util::FutureExt as _;
    let mut batch = Vec::new();
    table.next_batch(&mut batch).now_or_never().is_none()
}

#[tokio::test]
async fn an_assignation_ends_once() {
    let table = Table::default();
    table.connected(&[]);
    admit(&table, "1");
    assert!(table.end(&done("1")));
    assert!(!table.end(&FromAgent::Cancelled { assignation: "1".to_owned() }));
    table.cancel("1");
    table.end_unrun(&done("1"));
    assert_eq!(sent(&table).await, ["DONE"]);
    assert!(nothing_to_send(&table));
}

#[tokio::test]
async fn a_known_assignation_is_not_admitted_again_not_even_once_it_is_settled() {
    let table = Table::default();
    table.connected(&[]);
    admit(&table, "1");
    assert!(matches!(table.admit("1"), Admission::Known));
    table.end(&done("1"));
    assert!(matches!(table.admit("1"), Admission::Known));
    assert_eq!(sent(&table).await, ["DONE"]);
    table.heartbeat();
    assert_eq!(sent(&table).await, ["HEARTBEAT_ANSWER"]);
    table.heartbeat();
    assert!(table.is_empty());
    assert!(matches!(table.admit("1"), Admission::Known));
}

#[tokio::test]
async fn the_answer_to_a_heartbeat_overtakes_everything() {
    let table = Table::default();
    table.connected(&[]);
    let id = admit(&table, "1");
    table.yields(&id, &yielded("1", "{}")).await;
    table.heartbeat();
    assert_eq!(sent(&table).await, ["HEARTBEAT_ANSWER", "YIELD"]);
}

#[tokio::test]
async fn unconfirmed_events_are_sent_again_in_order_with_the_same_frames() {
    let table = Table::default();
    table.connected(&[]);
    let id = admit(&table, "1");
    table.yields(&id, &yielded("1", "{\"return0\":1}")).await;
    let mut first = Vec::new();
    table.next_batch(&mut first).await;
    table.disconnected();
    table.yields(&id, &yielded("1", "{\"return0\":2}")).await;
    table.end(&done("1"));

    assert!(table.connected(&["1".to_owned()]).is_empty());
    let mut again = Vec::new();
    table.next_batch(&mut again).await;
    assert_eq!(again.len(), 3);
    assert_eq!(again[0], first[0]);
    assert!(again[1].contains("\"return0\":2"));
    assert!(again[2].contains("DONE"));
}

#[tokio::test]
async fn what_a_heartbeat_confirmed_is_not_sent_again() {
    let table = Table::default();
    table.connected(&[]);
    let id = admit(&table, "1");
    table.yields(&id, &yielded("1", "{}")).await;
    assert_eq!(sent(&table).await, ["YIELD"]);
    table.heartbeat();
    assert_eq!(sent(&table).await, ["HEARTBEAT_ANSWER"]);
    table.yields(&id, &yielded("1", "{}")).await;
    assert_eq!(sent(&table).await, ["YIELD"]);
    // Confirms the first, which was written before the answer, and not the second.
    table.heartbeat();
    table.disconnected();
    table.connected(&["1".to_owned()]);
    assert_eq!(sent(&table).await, ["PROGRESS", "YIELD"]);
}

#[tokio::test]
async fn what_the_server_does_not_ask_about_is_settled() {
    let table = Table::default();
    table.connected(&[]);
    admit(&table, "ended");
    admit(&table, "running");
    table.end(&done("ended"));
    table.disconnected();
    table.connected(&[]);
    assert!(nothing_to_send(&table));
    // The server does not know the running one any more; an event of it would be an error there.
    table.end(&done("running"));
    assert!(nothing_to_send(&table));
    assert!(table.is_empty());
}

#[tokio::test]
async fn unknown_inquiries_are_named() {
    let table = Table::default();
    assert_eq!(table.connected(&["7".to_owned()]), ["7"]);
}

#[tokio::test]
async fn cancel_of_an_id_that_never_ran_here_is_answered() {
    let table = Table::default();
    table.connected(&[]);
    table.cancel("9");
    table.cancel("9");
    assert_eq!(sent(&table).await, ["CANCELLED"]);
}

#[tokio::test]
async fn draining_refuses_new_work() {
    let table = Table::default();
    table.drain();
    assert!(matches!(table.admit("1"), Admission::Refused));
}

#[tokio::test]
async fn unconfirmed_events_stay_within_their_bound() {
    let table = Table::default();
    table.connected(&[]);
    for number in 0..UNCONFIRMED + 2_000 {
        let id = number.to_string();
        admit(&table, &id);
        table.end(&done(&id));
        if number % 100 == 0 {
            let mut batch = Vec::new();
            table.next_batch(&mut batch).await;
        }
    }
    while !nothing_to_send(&table) {}
    assert!(table.open() <= UNCONFIRMED);
}

#[tokio::test]
async fn what_was_not_handed_to_the_socket_is_not_given_up_however_large_it_is() {
    let table = Table::default();
    table.connected(&[]);
    let id = admit(&table, "1");
    let large = format!("{{\"return0\":\"{}\"}}", "x".repeat(RETAINED_BYTES + 1));
    table.yields(&id, &yielded("1", &large)).await;
    table.end(&done("1"));
    assert_eq!(sent(&table).await, ["YIELD"]);
    // Cut before the writer came back for more.
    table.disconnected();
    table.connected(&["1".to_owned()]);
    assert_eq!(sent(&table).await, ["YIELD"]);
    assert_eq!(sent(&table).await, ["DONE"]);
}

#[tokio::test]
async fn a_batch_that_is_being_written_is_not_flushed() {
    use futures_util::FutureExt as _;
    let table = Table::default();
    table.connected(&[]);
    admit(&table, "1");
    table.end(&done("1"));
    assert_eq!(sent(&table).await, ["DONE"]);
    assert!(table.flushed().now_or_never().is_none());
    assert!(nothing_to_send(&table));
    assert!(table.flushed().now_or_never().is_some());
}
