//! Searching: filters, pages, and lists that change meanwhile.

use futures_util::{StreamExt as _, TryStreamExt as _};
use rekuest_client::{Action, args};
use rekuest_core::demand::{PortMatch, PortsDemand};
use rekuest_core::{ActionKind, CallError, PortKind};
use serde_json::{Value, json};

use crate::peer::Peer;

fn agent(name: &str, connected: bool) -> Value {
    json!({"id": "1", "name": name, "connected": connected, "instanceId": "default"})
}

fn action(id: usize, by: &[(&str, bool)]) -> Value {
    let offered = by.iter().map(|(name, connected)| {
        json!({"id": format!("i{id}"), "interface": "f", "extension": "default", "agent": agent(name, *connected)})
    });
    json!({"id": id.to_string(), "hash": format!("h{id}"), "name": format!("Action {id}"), "kind": "FUNCTION",
        "description": "What it does.", "args": [], "returns": [], "implementations": offered.collect::<Vec<_>>()})
}

fn ids(actions: &[Action]) -> Vec<&str> {
    actions.iter().map(Action::id).collect()
}

async fn listing(count: usize) -> Peer {
    let peer = Peer::start().await;
    peer.world().actions = (0..count).map(|id| action(id, &[("app:1", true)])).collect();
    peer
}

#[tokio::test]
async fn only_what_is_asked_for_is_sent() {
    let peer = listing(1).await;
    let client = peer.client().await;
    client.actions().await.expect("a list");
    let whole = PortsDemand {
        matches: vec![PortMatch { kind: Some(PortKind::Int), ..PortMatch::default() }],
        length: Some(1),
        ..PortsDemand::default()
    };
    let search = client.actions().search("blur").name_contains("Bl").kind(ActionKind::Generator);
    search.ids(["1", "2"]).collection("images").takes(whole).page_size(7).await.expect("a list");
    let lists = peer.world().lists.clone();
    assert_eq!(lists[0]["filters"], json!({}));
    assert_eq!(lists[0]["order"], json!({"definedAt": "ASC"}));
    assert_eq!(lists[0]["pagination"], json!({"offset": 0, "limit": 50}));
    let filters = &lists[1]["filters"];
    assert_eq!(
        (&filters["search"], &filters["name"], &filters["kind"]),
        (&json!("blur"), &json!({"iContains": "Bl"}), &json!("GENERATOR"))
    );
    assert_eq!((&filters["ids"], &filters["inCollection"]), (&json!(["1", "2"]), &json!("images")));
    let demand = &filters["demands"][0];
    assert_eq!(
        (&demand["kind"], &demand["forceLength"], &demand["matches"][0]["kind"]),
        (&json!("ARGS"), &json!(1), &json!("INT"))
    );
    assert!(demand.get("forceStructureLength").is_none() && lists[1]["pagination"]["limit"] == 7);
}

#[tokio::test]
async fn pages_are_asked_for_as_they_are_read() {
    let peer = listing(7).await;
    let client = peer.client().await;
    let mut found = client.actions().page_size(3).stream();
    assert!(peer.world().lists.is_empty());
    for id in 0..3 {
        assert_eq!(found.next().await.expect("an item").expect("an action").id(), id.to_string());
    }
    assert_eq!(peer.world().lists.len(), 1);
    let rest: Vec<Action> = found.try_collect().await.expect("the rest");
    assert_eq!(ids(&rest), ["3", "4", "5", "6"]);
    let first = client.actions().first().await.expect("a list").expect("one");
    assert_eq!((first.name(), first.description()), ("Action 0", Some("What it does.")));
}

#[tokio::test]
async fn what_goes_or_comes_meanwhile_leaves_nothing_out_and_brings_nothing_twice() {
    let peer = listing(8).await;
    let client = peer.client().await;
    let mut found = client.actions().page_size(3).stream();
    let mut seen = Vec::new();
    for _ in 0..3 {
        seen.push(found.next().await.expect("an item").expect("an action"));
    }
    // What stood before the next page is gone, so the rest has moved forward.
    peer.world().actions.drain(0..2);
    seen.push(found.next().await.expect("an item").expect("an action"));
    // Something is put in front, so the rest has moved back.
    peer.world().actions.insert(0, action(9, &[]));
    seen.extend(found.try_collect::<Vec<_>>().await.expect("the rest"));
    let mut all = ids(&seen);
    all.sort_unstable();
    assert_eq!(all, ["0", "1", "2", "3", "4", "5", "6", "7", "9"]);
}

#[tokio::test]
async fn apps_and_their_connection_narrow_a_search() {
    let peer = Peer::start().await;
    peer.world().actions = vec![
        action(0, &[("a:1", false), ("b:1", true)]),
        action(1, &[("a:1", true)]),
        action(2, &[]),
        action(3, &[("a:2", false)]),
    ];
    let client = peer.client().await;
    let search = || client.actions();
    assert_eq!(ids(&search().app("a").connected().await.expect("a list")), ["1"]);
    assert_eq!(ids(&search().app("a:1").await.expect("a list")), ["0", "1"]);
    assert_eq!(ids(&search().connected().await.expect("a list")), ["0", "1"]);
    assert_eq!(ids(&search().disconnected().await.expect("a list")), ["2", "3"]);
    assert_eq!(ids(&search().app("a").disconnected().await.expect("a list")), ["0", "3"]);
}

#[tokio::test]
async fn an_action_that_was_listed_is_called_as_such_or_at_one_of_those_who_offer_it() {
    let peer = Peer::scripted(|peer, id| peer.returns(id, json!({}))).await;
    peer.world().actions = vec![action(4, &[("a:1", true)])];
    let client = peer.client().await;
    let found = client.actions().first().await.expect("a list").expect("one");
    found.call::<()>(args! {}).await.expect("called");
    found.at(&found.offered_by()[0]).call::<()>(args! {}).await.expect("called");
    let assigned = peer.world().assigned.clone();
    assert_eq!((&assigned[0]["action"], &assigned[1]["implementation"]), (&json!("4"), &json!("i4")));
}

#[tokio::test]
async fn implementations_and_agents_are_searched_without_filters_by_client() {
    let peer = Peer::start().await;
    peer.world().implementations = json!([{"id": "7", "interface": "add", "extension": "default",
        "agent": agent("a:1", true), "action": action(4, &[])}]);
    peer.world().agents = json!([{"id": "1", "name": "a:1", "connected": true, "instanceId": "default",
        "extensions": ["default"], "lastSeen": "2025-11-23T12:00:00+00:00", "states": [],
        "implementations": [{"id": "7", "interface": "add", "extension": "default",
            "action": {"id": "4", "name": "Action 4"}}]}]);
    let client = peer.client().await;
    let search = client.implementations().interface("add").extension("default").instance("default");
    let found = search.name("Action 4").agents(["1"]).app("a").await.expect("a list");
    assert_eq!(found[0].implementation().map(|one| one.id.as_str()), Some("7"));
    assert!(found[0].is_connected() && found[0].offered_by().len() == 1);
    let agents = client.agents().search("a").instance("default").connected().await.expect("a list");
    assert_eq!(
        (agents[0].name.as_str(), agents[0].implementations[0].action.name.as_str()),
        ("a:1", "Action 4")
    );
    let lists = peer.world().lists.clone();
    assert_eq!(
        lists[0]["filters"],
        json!({"interface": {"exact": "add"}, "extension": "default", "action": {"name": "Action 4"},
            "agent": {"instanceId": "default", "ids": ["1"]}})
    );
    let page = json!({"offset": 0, "limit": 50});
    assert_eq!(lists[1], json!({"search": "a", "instanceId": "default", "pagination": page}));

    let there = client.implementation_at("1", "add", None).await.expect("found");
    let mine = client.my_implementation_at("default", "add").await.expect("found");
    assert_eq!((there.id(), mine.id()), ("4", "4"));
    let lists = peer.world().lists.clone();
    assert_eq!(lists[2], json!({"agent": "1", "interface": "add"}));
    assert_eq!(lists[3], json!({"instanceId": "default", "interface": "add"}));
}

#[tokio::test]
async fn a_name_finds_what_is_connected_or_says_who_would_offer_it() {
    let peer = Peer::start().await;
    peer.world().actions = vec![action(1, &[("a:1", false)]), action(2, &[("b:1", true)])];
    let client = peer.client().await;
    assert_eq!(client.find_by_name("Action").await.expect("found").id(), "2");
    assert_eq!(peer.world().lists[0]["filters"], json!({"name": {"exact": "Action"}}));
    peer.world().actions.truncate(1);
    let error = client.find_by_name("Action").await.expect_err("away");
    assert!(matches!(&error, CallError::NotFound(text) if text.contains("`a`")), "{error}");
    peer.world().actions.clear();
    let error = client.find_by_name("Action").await.expect_err("none");
    assert_eq!(error.to_string(), "there is no action with the name `Action`");
}

#[tokio::test]
async fn what_it_takes_and_returns_finds_an_action() {
    let peer = Peer::start().await;
    peer.world().action = action(3, &[("a:1", true)]);
    let client = peer.client().await;
    let demand = rekuest_core::DemandBuf { name: Some("Action 3".to_owned()), ..Default::default() };
    let found = client.find_matching(&demand).await.expect("found");
    assert_eq!((found.id(), found.is_connected()), ("3", true));
    assert_eq!(peer.world().asked[0]["matching"]["name"], "Action 3");
    peer.world().action = Value::Null;
    let error = client.find_matching(&demand).await.expect_err("none");
    assert!(error.to_string().contains("Action 3"), "{error}");
}

#[tokio::test]
async fn a_server_that_refuses_ends_the_list_with_its_error() {
    let peer = listing(5).await;
    let client = peer.client().await;
    let mut found = client.actions().page_size(2).stream();
    found.next().await.expect("an item").expect("an action");
    found.next().await.expect("an item").expect("an action");
    peer.world().fault = Some((200, r#"{"data": null, "errors": [{"message": "no lists today"}]}"#));
    let error = found.next().await.expect("an item").expect_err("refused");
    assert!(error.to_string().contains("no lists today"), "{error}");
    assert!(found.next().await.is_none());
}
