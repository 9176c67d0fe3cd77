//! Logging in to a deployment.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use rekuest_client::{AccessSource, Client, Grant, Login, LoginError, Manifest, Renew};
use serde_json::json;

use crate::deployment::{Deployment, SECRETS};
use crate::peer::Peer;

async fn stage() -> (Peer, Deployment) {
    let peer = Peer::start().await;
    let deployment = Deployment::of(&peer.base).await;
    (peer, deployment)
}

/// Why a login fails; nothing that is secret is in it.
async fn failure(login: &Login) -> LoginError {
    let error = login.log_in(Renew::No).await.expect_err("no access");
    let source = login.access(Renew::No).await.expect_err("no access");
    let shown = format!("{error} {error:?} {source} {source:?} {login:?}");
    assert!(SECRETS.iter().all(|secret| !shown.contains(secret)), "{shown}");
    assert!(source.to_string().contains("the login to the deployment"), "{source}");
    error
}

fn claimed() -> Grant {
    Grant::claim_token("claim-s3cret")
}

#[tokio::test]
async fn a_claim_token_is_claimed_and_a_token_used_until_it_is_refused() {
    let (peer, deployment) = stage().await;
    let login = Arc::new(deployment.login(claimed()));
    let client = Client::builder().access(Arc::clone(&login) as _).build().await.expect("a client");
    client.actions().await.expect("a list");
    assert_eq!(peer.world().authorizations, ["Bearer access-s3cret-1"]);
    peer.world().token = Some("access-s3cret-2".to_owned());
    client.actions().await.expect("a list");
    let world = deployment.world();
    assert_eq!((world.count("fakts"), world.count("claim"), world.count("token")), (1, 1, 2));
    assert_eq!(world.body("claim"), json!({"token": "claim-s3cret", "secure": false}));
    // id:client-s3cret
    assert_eq!(world.authorizations[0], "Basic aWQ6Y2xpZW50LXMzY3JldA==");
    let form = &world.asked.iter().find(|(asked, _)| asked == "token").expect("asked").1;
    assert_eq!(form, "grant_type=client_credentials&scope=read+write");
}

#[tokio::test]
async fn a_token_that_is_about_to_expire_is_replaced_before_it_is_refused() {
    let (peer, deployment) = stage().await;
    deployment.world().expires_in = 0;
    let client =
        Client::builder().access(Arc::new(deployment.login(claimed()))).build().await.expect("a client");
    client.actions().await.expect("a list");
    client.actions().await.expect("a list");
    let used = peer.world().authorizations.clone();
    assert_ne!(used[0], used[1]);
    assert_eq!(used.len(), 2);
}

#[tokio::test]
async fn a_redeem_token_is_redeemed_once_and_the_claim_token_given_away() {
    let (_peer, deployment) = stage().await;
    let kept = Arc::new(Mutex::new(Vec::new()));
    let keeper = Arc::clone(&kept);
    let login = deployment.login(Grant::redeem_token("redeem-s3cret")).on_claim_token(move |token| {
        keeper.lock().expect("a lock").push(token.expose().to_owned());
    });
    login.log_in(Renew::No).await.expect("access");
    login.log_in(Renew::TokenRefused).await.expect("access");
    assert_eq!(*kept.lock().expect("a lock"), ["claim-s3cret"]);
    let world = deployment.world();
    assert_eq!((world.count("redeem"), world.count("token")), (1, 2));
    let body = world.body("redeem");
    assert_eq!((&body["token"], &body["manifest"]["identifier"]), (&json!("redeem-s3cret"), &json!("app")));
    assert_eq!(body["manifest"]["requirements"][0]["key"], "rekuest");
}

#[tokio::test]
async fn a_user_lets_an_app_in_by_a_device_code() {
    let (_peer, deployment) = stage().await;
    let (pending, waiting) = (json!({"status": "pending"}), json!({"status": "waiting"}));
    let granted = json!({"status": "granted", "token": "claim-s3cret"});
    deployment.says_in_turn("challenge", &[pending, waiting, granted]);
    let shown = Arc::new(Mutex::new(Vec::new()));
    let screen = Arc::clone(&shown);
    let grant = Grant::device_code(move |code| screen.lock().expect("a lock").push(code.clone()));
    let access = deployment.login(grant).log_in(Renew::No).await.expect("access");
    assert_eq!(access.token.expose(), "access-s3cret-1");
    let shown = shown.lock().expect("a lock").clone();
    let expected = format!("{}/lok/f/configure/?device_code=c0de%26&grant=device_code", deployment.base);
    assert_eq!((shown.len(), shown[0].url.as_str(), shown[0].code.as_str()), (1, expected.as_str(), "c0de&"));
    let world = deployment.world();
    assert_eq!((world.count("challenge"), world.body("challenge")), (3, json!({"code": "c0de&"})));
    let start = world.body("start");
    assert_eq!(
        (&start["requested_client_kind"], &start["expiration_time_seconds"]),
        (&json!("development"), &json!(5))
    );
}

#[tokio::test]
async fn a_user_who_says_no_or_nothing_ends_the_login() {
    let (_peer, deployment) = stage().await;
    let login = || deployment.login(Grant::device_code(|_| {}));
    deployment.says("challenge", 200, json!({"status": "denied", "message": "no"}));
    assert!(matches!(failure(&login()).await, LoginError::Denied));
    deployment.says("challenge", 200, json!({"status": "expired"}));
    assert!(matches!(failure(&login()).await, LoginError::Expired(_)));
    deployment.says("challenge", 200, json!({"status": "error", "error": "no such code"}));
    let error = failure(&login()).await;
    assert!(error.to_string().ends_with("refused the device code: no such code"), "{error}");
    deployment.says("challenge", 200, json!({"status": "pending"}));
    let impatient = Grant::device_code(|_| {}).waiting(Duration::ZERO, Duration::from_millis(5));
    let login = Login::to(&deployment.base, Manifest::new("app", "1").expect("a manifest"), impatient);
    assert!(matches!(failure(&login).await, LoginError::Expired(_)));
}

#[tokio::test]
async fn what_a_deployment_refuses_is_said_in_its_words() {
    let (_peer, deployment) = stage().await;
    for said in
        [json!({"status": "error", "error": "used up"}), json!({"status": "error", "message": "used up"})]
    {
        deployment.says("redeem", 200, said);
        let error = failure(&deployment.login(Grant::redeem_token("redeem-s3cret"))).await;
        assert_eq!(error.to_string(), "the deployment refused the redeem token: used up");
    }
    deployment.says("claim", 200, json!({"status": "error"}));
    let error = failure(&deployment.login(claimed())).await;
    assert_eq!(error.to_string(), "the deployment refused the claim token: it does not say why");
}

#[tokio::test]
async fn pages_in_the_place_of_answers_are_shown_in_short() {
    let (_peer, deployment) = stage().await;
    let page = "<html>\n <h1>Server Error</h1>\n</html>";
    deployment.says("claim", 500, page);
    let error = failure(&deployment.login(claimed())).await;
    let text = error.to_string();
    assert!(text.contains("status 500") && text.contains("<html> <h1>Server Error</h1> </html>"), "{text}");
    deployment.says("fakts", 404, page);
    let error = failure(&deployment.login(claimed())).await;
    assert!(matches!(&error, LoginError::NoDeployment { reason, .. } if reason.contains("404")), "{error}");
    deployment.says("fakts", 200, page);
    assert!(matches!(failure(&deployment.login(claimed())).await, LoginError::NoDeployment { .. }));
}

#[tokio::test]
async fn an_answer_of_another_shape_does_not_show_what_is_in_it() {
    let (_peer, deployment) = stage().await;
    deployment.says(
        "claim",
        200,
        json!({"status": "granted", "config": {"auth": {"client_secret": "client-s3cret"}, "instances": {}}}),
    );
    let error = failure(&deployment.login(claimed())).await;
    assert!(matches!(&error, LoginError::Unexpected { body, .. } if body.contains("client_id")), "{error}");
    deployment.world().answers.clear();
    deployment.says("token", 200, json!({"token": "access-s3cret"}));
    let error = failure(&deployment.login(claimed())).await;
    assert!(
        matches!(&error, LoginError::Unexpected { body, .. } if body.contains("access_token")),
        "{error}"
    );
}

#[tokio::test]
async fn a_deployment_that_repeats_what_it_got_does_not_make_errors_show_it() {
    let (_peer, deployment) = stage().await;
    deployment.says("redeem", 200, json!({"status": "error", "error": "there is no token redeem-s3cret"}));
    let error = failure(&deployment.login(Grant::redeem_token("redeem-s3cret"))).await;
    assert!(error.to_string().ends_with("there is no token [redacted]"), "{error}");
    deployment.says("claim", 500, "<p>POST: {'token': 'claim-s3cret'}</p>");
    assert!(failure(&deployment.login(claimed())).await.to_string().contains("[redacted]"));
    deployment.world().answers.clear();
    deployment.says("token", 500, "<p>client-s3cret</p>");
    assert!(failure(&deployment.login(claimed())).await.to_string().contains("[redacted]"));
    deployment.says("token", 200, json!({"access_token": "x", "expires_in": "access-s3cret"}));
    let error = failure(&deployment.login(claimed())).await;
    assert!(error.to_string().contains("JSON of another shape, at line 1"), "{error}");
}

#[tokio::test]
async fn refused_credentials_are_claimed_anew_once() {
    let (_peer, deployment) = stage().await;
    let refusal = json!({"error": "invalid_client", "error_description": "revoked"});
    deployment.says("token", 401, &refusal);
    let login = deployment.login(claimed());
    let error = failure(&login).await;
    assert!(matches!(&error, LoginError::ClientRefused { message } if message == "invalid_client: revoked"));
    deployment.world().answers.clear();
    login.log_in(Renew::No).await.expect("access");
    let claims = deployment.world().count("claim");
    let token = json!({"access_token": "access-s3cret-new", "expires_in": 100});
    deployment.says_in_turn("token", &[refusal, token]);
    let access = login.log_in(Renew::TokenRefused).await.expect("access");
    assert_eq!(access.token.expose(), "access-s3cret-new");
    assert_eq!(deployment.world().count("claim"), claims + 1);
}

#[tokio::test]
async fn the_first_way_that_answers_is_taken_and_kept() {
    let (peer, deployment) = stage().await;
    let good = deployment.world().aliases[0].clone();
    let closed = json!({"ssl": true, "host": "127.0.0.1", "port": 1, "path": "x", "challenge": "ht"});
    let mut other = good.clone();
    other["path"] = json!("elsewhere");
    deployment.world().aliases = vec![closed.clone(), other.clone(), good];
    let login = deployment.login(claimed());
    let access = login.log_in(Renew::No).await.expect("access");
    assert_eq!(access.endpoints.graphql.as_str(), format!("{}/graphql", peer.base));

    deployment.world().aliases = vec![closed, other];
    let error = failure(&deployment.login(claimed())).await;
    let text = error.to_string();
    assert!(text.contains("https://127.0.0.1:1/x (") && text.contains("/elsewhere (status 404)"), "{text}");
    deployment.world().aliases.clear();
    assert!(matches!(failure(&deployment.login(claimed())).await, LoginError::NoWay { .. }));
    let auth = json!({"client_id": "i", "client_secret": "client-s3cret", "token_url": format!("{}/token/", deployment.base)});
    deployment.says(
        "claim",
        200,
        json!({"status": "granted", "config": {"auth": auth, "instances": {"mikro": {}}}}),
    );
    let error = failure(&deployment.login(claimed())).await;
    assert!(error.to_string().ends_with("no `rekuest`; it gives: `mikro`"), "{error}");
}

#[tokio::test]
async fn without_a_scheme_https_is_tried_before_http() {
    let (_peer, deployment) = stage().await;
    let bare = deployment.base.trim_start_matches("http://");
    let manifest = Manifest::new("app", "1").expect("a manifest");
    let login = Login::to(bare, manifest.clone(), claimed());
    login.log_in(Renew::No).await.expect("access");
    let error = failure(&Login::to("127.0.0.1:1", manifest.clone(), claimed())).await;
    assert!(error.to_string().starts_with("https://127.0.0.1:1/"), "{error}");
    let with_password = Login::to("https://me:client-s3cret@h", manifest.clone(), claimed());
    assert!(matches!(failure(&with_password).await, LoginError::Url { .. }));
    let error = failure(&Login::to("ftp://h", manifest, claimed())).await;
    assert!(matches!(error, LoginError::Url { .. }), "{error}");
}

#[tokio::test]
async fn logins_at_the_same_time_are_one() {
    let (_peer, deployment) = stage().await;
    let login = deployment.login(Grant::redeem_token("redeem-s3cret"));
    let all = (0..10).map(|_| login.access(Renew::No));
    for access in futures_util::future::join_all(all).await {
        access.expect("access");
    }
    let world = deployment.world();
    assert_eq!((world.count("redeem"), world.count("claim"), world.count("token")), (1, 1, 1));
}
