//! What is told and what is asked for, put together in every order that was thought of.

use serde_json::json;

use super::*;

fn event(id: u64, kind: &str) -> AssignationEvent {
    serde_json::from_value(
        json!({"id": id.to_string(), "kind": kind, "returns": {"return0": id}, "message": "m"}),
    )
    .expect("an event")
}

/// An answer with these events, given oldest first as they happened.
fn answer(kind: Option<&str>, is_done: bool, events: &[(u64, &str)]) -> AssignationState {
    let events = events.iter().rev();
    let events: Vec<_> = events.map(|(id, kind)| json!({"id": id.to_string(), "kind": kind})).collect();
    let action = kind.map(|kind| json!({"kind": kind}));
    serde_json::from_value(json!({"id": "7", "isDone": is_done, "action": action, "events": events}))
        .expect("an answer")
}

/// Everything that comes out: `Y3` for a YIELD with the id 3, `P`, `L`, `away`, and the end.
fn out(merge: &mut Merge) -> Vec<String> {
    let mut steps = Vec::new();
    while let Some(step) = merge.next() {
        steps.push(match step {
            Step::Event(CallEvent::Yield(returns)) => {
                let returns: serde_json::Value = serde_json::from_str(returns.get()).expect("json");
                returns["return0"].as_u64().map_or("Y".to_owned(), |id| format!("Y{id}"))
            }
            Step::Event(CallEvent::Progress { .. }) => "P".to_owned(),
            Step::Event(CallEvent::Log { .. }) => "L".to_owned(),
            Step::Event(_) => "away".to_owned(),
            Step::End(end) => format!("{end:?}"),
        });
    }
    steps
}

/// Asks and is answered in one moment, in an active session.
fn ask(merge: &mut Merge, session: u64, state: AssignationState) {
    let ticket = merge.ask(Some(session));
    merge.answered(ticket, state);
}

#[test]
fn what_an_active_session_tells_comes_out_at_once() {
    let mut merge = Merge::new(1, true);
    for (id, kind) in [(1, "PROGRESS"), (2, "LOG"), (3, "YIELD"), (4, "DISCONNECTED"), (5, "DONE")] {
        merge.told(1, event(id, kind));
    }
    assert_eq!(out(&mut merge), ["P", "L", "Y3", "away", "Done"]);
    assert!(merge.ended);
}

#[test]
fn the_same_event_comes_out_once_and_nothing_after_the_end() {
    let mut merge = Merge::new(1, true);
    merge.told(1, event(1, "YIELD"));
    merge.told(1, event(1, "YIELD"));
    ask(&mut merge, 1, answer(None, false, &[(1, "YIELD")]));
    merge.told(1, event(2, "DONE"));
    merge.told(1, event(3, "YIELD"));
    assert_eq!(out(&mut merge), ["Y1", "Done"]);
}

#[test]
fn every_terminal_kind_ends_the_call() {
    for (kind, end) in [
        ("ERROR", End::Error("m".into())),
        ("CRITICAL", End::Critical("m".into())),
        ("CANCELLED", End::Cancelled),
        ("INTERUPTED", End::Interrupted),
    ] {
        let mut merge = Merge::new(1, true);
        merge.told(1, event(1, kind));
        assert_eq!(out(&mut merge), [format!("{end:?}")]);
    }
}

#[test]
fn kinds_that_mean_nothing_to_a_caller_are_passed_over() {
    let mut merge = Merge::new(1, true);
    for (id, kind) in [(1, "BOUND"), (2, "ASSIGN"), (3, "CANCELING"), (4, "SOMETHING_NEW")] {
        merge.told(1, event(id, kind));
    }
    assert!(out(&mut merge).is_empty() && !merge.ended);
}

#[test]
fn before_a_session_is_active_what_is_told_waits_for_what_was_missed() {
    let mut merge = Merge::new(1, false);
    merge.told(1, event(3, "YIELD"));
    assert!(out(&mut merge).is_empty() && merge.holds());
    ask(&mut merge, 1, answer(None, false, &[(1, "YIELD"), (2, "YIELD"), (3, "YIELD"), (4, "YIELD")]));
    merge.told(1, event(4, "YIELD"));
    merge.told(1, event(5, "YIELD"));
    assert_eq!(out(&mut merge), ["Y", "Y", "Y", "Y", "Y5"]);
}

#[test]
fn an_answer_that_was_asked_before_the_session_was_active_does_not_close_the_gap() {
    let mut merge = Merge::new(1, false);
    let ticket = merge.ask(None);
    merge.told(1, event(3, "YIELD"));
    merge.answered(ticket, answer(None, false, &[(1, "YIELD")]));
    assert!(out(&mut merge).is_empty() && merge.holds());
    ask(&mut merge, 1, answer(None, false, &[(1, "YIELD"), (2, "YIELD"), (3, "YIELD")]));
    assert_eq!(out(&mut merge).len(), 3);
}

#[test]
fn answers_alone_are_enough() {
    let mut merge = Merge::new(1, false);
    let ticket = merge.ask(None);
    merge.answered(ticket, answer(None, false, &[(1, "PROGRESS")]));
    assert_eq!(out(&mut merge), ["P"]);
    let ticket = merge.ask(None);
    merge.answered(ticket, answer(None, true, &[(1, "PROGRESS"), (2, "YIELD"), (3, "DONE")]));
    assert_eq!(out(&mut merge), ["Y", "Done"]);
}

#[test]
fn after_a_cut_what_happened_meanwhile_comes_before_what_is_told() {
    let mut merge = Merge::new(1, true);
    merge.told(1, event(1, "YIELD"));
    merge.enter(None);
    merge.told(2, event(4, "YIELD"));
    assert_eq!(out(&mut merge), ["Y1"]);
    ask(&mut merge, 2, answer(None, false, &[(1, "YIELD"), (2, "YIELD"), (3, "YIELD"), (4, "YIELD")]));
    assert_eq!(out(&mut merge).len(), 3);
    assert!(!merge.has_gap());
}

#[test]
fn a_gap_of_a_generator_that_cannot_be_closed_is_said() {
    let mut merge = Merge::new(1, true);
    merge.told(1, event(1, "YIELD"));
    merge.enter(Some(2));
    let later: Vec<(u64, &str)> = (5..15).map(|id| (id, "YIELD")).collect();
    ask(&mut merge, 2, answer(Some("GENERATOR"), false, &later));
    assert_eq!(out(&mut merge), ["Y1", "Lagged"]);
}

#[test]
fn a_function_that_logs_much_has_lost_nothing_while_its_yield_is_there() {
    let mut merge = Merge::new(1, false);
    let mut events: Vec<(u64, &str)> = (5..13).map(|id| (id, "LOG")).collect();
    events.extend([(13, "YIELD"), (14, "DONE")]);
    ask(&mut merge, 1, answer(Some("FUNCTION"), true, &events));
    assert_eq!(out(&mut merge).last().map(String::as_str), Some("Done"));
}

#[test]
fn a_function_whose_yield_is_lost_says_so() {
    let mut merge = Merge::new(1, false);
    let mut events: Vec<(u64, &str)> = (5..14).map(|id| (id, "LOG")).collect();
    events.push((14, "DONE"));
    ask(&mut merge, 1, answer(Some("FUNCTION"), true, &events));
    assert_eq!(out(&mut merge).last().map(String::as_str), Some("Lagged"));
}

#[test]
fn a_server_that_keeps_more_than_ten_events_keeps_them_all() {
    let mut merge = Merge::new(1, false);
    let events: Vec<(u64, &str)> = (1..13).map(|id| (id, "YIELD")).collect();
    ask(&mut merge, 1, answer(Some("GENERATOR"), false, &events));
    assert_eq!(out(&mut merge).len(), 12);
}

#[test]
fn a_dropped_yield_before_the_last_told_event_of_a_function_is_found_at_its_end() {
    let mut merge = Merge::new(1, true);
    merge.told(1, event(1, "PROGRESS"));
    merge.told(1, event(3, "DONE"));
    assert_eq!(out(&mut merge), ["P"]);
    ask(&mut merge, 1, answer(Some("FUNCTION"), true, &[(1, "PROGRESS"), (2, "YIELD"), (3, "DONE")]));
    assert_eq!(out(&mut merge), ["Y", "Done"]);
}

#[test]
fn a_dropped_yield_in_the_middle_of_a_generator_is_said() {
    let mut merge = Merge::new(1, true);
    merge.told(1, event(1, "YIELD"));
    merge.told(1, event(3, "YIELD"));
    merge.told(1, event(4, "DONE"));
    let all = [(1, "YIELD"), (2, "YIELD"), (3, "YIELD"), (4, "DONE")];
    ask(&mut merge, 1, answer(Some("GENERATOR"), true, &all));
    assert_eq!(out(&mut merge), ["Y1", "Y3", "Lagged"]);
}

#[test]
fn an_end_that_is_only_doubted_counts_when_the_server_cannot_be_asked() {
    let mut merge = Merge::new(1, true);
    merge.told(1, event(1, "DONE"));
    assert!(out(&mut merge).is_empty());
    merge.unanswered();
    assert_eq!(out(&mut merge), ["Done"]);
}

#[test]
fn a_real_gap_stays_when_the_server_cannot_be_asked() {
    let mut merge = Merge::new(1, false);
    merge.told(1, event(1, "DONE"));
    merge.unanswered();
    assert!(out(&mut merge).is_empty() && merge.holds());
}

#[test]
fn an_answer_that_begins_inside_of_what_is_held_keeps_the_order() {
    let mut merge = Merge::new(1, false);
    for id in 1..=12 {
        merge.told(1, event(id, "YIELD"));
    }
    let ticket = merge.ask(Some(1));
    let last: Vec<(u64, &str)> = (3..13).map(|id| (id, "YIELD")).collect();
    merge.answered(ticket, answer(Some("FUNCTION"), false, &last));
    let out = out(&mut merge);
    assert_eq!(out.len(), 12);
    assert_eq!(out[..2], ["Y1", "Y2"]);
}

#[test]
fn an_answer_that_was_overtaken_is_not_used() {
    let mut merge = Merge::new(1, true);
    let ticket = merge.ask(Some(1));
    for id in 1..=100 {
        merge.told(1, event(id, "YIELD"));
    }
    merge.answered(ticket, answer(None, false, &[(1, "YIELD"), (2, "YIELD")]));
    assert_eq!(out(&mut merge).len(), 100);
}

#[test]
fn done_without_an_end_is_asked_for_again_and_then_said() {
    let mut merge = Merge::new(1, true);
    merge.told(1, event(1, "YIELD"));
    for _ in 1..ENDLESS {
        ask(&mut merge, 1, answer(None, true, &[(1, "YIELD")]));
        assert!(merge.misses_end());
    }
    ask(&mut merge, 1, answer(None, true, &[(1, "YIELD")]));
    assert_eq!(out(&mut merge), ["Y1", "Lagged"]);
}

#[test]
fn a_session_that_told_of_the_beginning_has_missed_nothing() {
    let mut merge = Merge::new(1, false);
    let ticket = merge.ask(None);
    merge.told(1, event(1, "YIELD"));
    assert!(out(&mut merge).is_empty());
    merge.began(1);
    merge.told(1, event(2, "YIELD"));
    assert_eq!(out(&mut merge), ["Y1", "Y2"]);
    // What was asked before is answered with what is not told yet.
    let later: Vec<(u64, &str)> = (20..30).map(|id| (id, "YIELD")).collect();
    merge.answered(ticket, answer(Some("GENERATOR"), false, &later));
    for id in 3..30 {
        merge.told(1, event(id, "YIELD"));
    }
    assert_eq!(out(&mut merge).len(), 27);
}

#[test]
fn the_beginning_of_another_session_closes_no_gap() {
    let mut merge = Merge::new(1, false);
    merge.enter(Some(2));
    merge.told(2, event(5, "YIELD"));
    merge.began(1);
    assert!(merge.holds() && merge.has_gap());
}

#[test]
fn an_answer_that_stays_ahead_shows_that_events_were_lost() {
    let later: Vec<(u64, &str)> = (20..30).map(|id| (id, "YIELD")).collect();
    let mut merge = Merge::new(1, true);
    merge.told(1, event(1, "YIELD"));
    ask(&mut merge, 1, answer(Some("GENERATOR"), false, &later));
    assert_eq!(out(&mut merge), ["Y1"]);
    ask(&mut merge, 1, answer(Some("GENERATOR"), false, &later));
    assert_eq!(out(&mut merge), ["Lagged"]);
}

/// The events with these ids, told one after the other.
fn told(merge: &mut Merge, ids: std::ops::Range<u64>) {
    ids.for_each(|id| merge.told(1, event(id, "YIELD")));
}

/// An answer of a generator that runs, with these events.
fn yields(ids: std::ops::Range<u64>) -> AssignationState {
    let events = ids.rev().map(|id| event(id, "YIELD")).collect();
    AssignationState { events, ..answer(Some("GENERATOR"), false, &[]) }
}

#[test]
fn an_attached_call_begins_with_the_last_events_of_an_answer() {
    let mut merge = Merge::attached(1);
    ask(&mut merge, 1, yields(20..30));
    told(&mut merge, 30..32);
    let expected: Vec<String> = (20..32).map(|id| format!("Y{id}")).collect();
    assert_eq!(out(&mut merge), expected);
    merge.enter(Some(2));
    ask(&mut merge, 2, yields(40..50));
    assert_eq!(out(&mut merge), ["Lagged"], "what is lost later is said");
}

#[test]
fn an_attached_call_of_which_nothing_was_told_begins_with_a_second_answer() {
    // Fast, and the session is not known to be active at first: the next answer would not meet the first.
    let mut merge = Merge::attached(1);
    let ticket = merge.ask(None);
    merge.answered(ticket, yields(0..10));
    assert!(out(&mut merge).is_empty() && merge.is_attaching());
    told(&mut merge, 25..27);
    ask(&mut merge, 1, yields(17..27));
    let expected: Vec<String> = (17..27).map(|id| format!("Y{id}")).collect();
    assert_eq!(out(&mut merge), expected);
    // Nothing is ever told of another's.
    let mut merge = Merge::attached(1);
    for _ in 0..2 {
        let ticket = merge.ask(None);
        merge.answered(ticket, yields(0..10));
    }
    assert_eq!(out(&mut merge).len(), 10);
}

#[test]
fn an_attached_call_whose_answer_begins_within_what_is_told_begins_with_that() {
    let mut merge = Merge::attached(1);
    told(&mut merge, 16..24);
    ask(&mut merge, 1, yields(20..30));
    told(&mut merge, 24..31);
    let expected: Vec<String> = (16..31).map(|id| format!("Y{id}")).collect();
    assert_eq!(out(&mut merge), expected);
}

#[test]
fn an_attached_call_that_is_faster_than_answers_begins_with_what_is_told() {
    let mut merge = Merge::attached(1);
    told(&mut merge, 0..3);
    let ticket = merge.ask(Some(1));
    told(&mut merge, 3..6);
    merge.answered(ticket, yields(20..30));
    told(&mut merge, 6..8);
    let expected: Vec<String> = (0..8).map(|id| format!("Y{id}")).collect();
    assert_eq!(out(&mut merge), expected);
}

#[test]
fn an_attached_call_whose_answer_was_older_waits_for_the_next() {
    let mut merge = Merge::attached(1);
    let ticket = merge.ask(Some(1));
    told(&mut merge, 10..12);
    merge.answered(ticket, yields(0..10));
    assert!(merge.holds() && out(&mut merge).is_empty(), "it could be ahead as well");
    ask(&mut merge, 1, yields(2..12));
    let expected: Vec<String> = (2..12).map(|id| format!("Y{id}")).collect();
    assert_eq!(out(&mut merge), expected);
}
