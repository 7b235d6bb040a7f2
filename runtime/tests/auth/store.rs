//! Tokens between two runs of a program, and tokens that are given back.

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use specwright_runtime::auth::{
    AuthError, AuthErrorKind, ClientCredentials, Credential, FileTokenStore, StoredToken, TokenKey,
    TokenStore,
};
use specwright_runtime::transport::BoxFuture;

use crate::support::{Answer, Api, Mock, TOKEN_URL, answer, grant};

const REVOKE_URL: &str = "https://cloud.example.com/api/oauth/revoke";

/// Every run of a program makes its credentials anew.
fn account() -> ClientCredentials {
    ClientCredentials::new(TOKEN_URL, "id".to_owned(), "secret".to_owned())
}

fn tokens() -> Mock {
    Mock::new(|number, _| async move { grant(&format!("t{number}"), 3600) })
}

fn with(store: impl TokenStore) -> Api {
    Api { token_store: Some(Arc::new(store)), ..Api::default() }
}

async fn token(api: &Api, account: &ClientCredentials, mock: &Mock) -> Result<String, AuthError> {
    let (_, _, headers) = api.authorize(account, mock).await?;
    Ok(headers["authorization"].to_str().unwrap().to_owned())
}

/// A store of one token, which can be told to fail.
#[derive(Clone, Default)]
struct Memory {
    kept: Arc<Mutex<Option<StoredToken>>>,
    broken_load: bool,
    broken_save: bool,
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memory")
    }
}

impl Memory {
    fn holding(token: &str, expires: Option<SystemTime>) -> Self {
        let kept = Some(StoredToken::new(token.to_owned(), expires));
        Self { kept: Arc::new(Mutex::new(kept)), ..Self::default() }
    }

    fn kept(&self) -> Option<String> {
        self.kept.lock().unwrap().as_ref().map(|token| token.expose().to_owned())
    }
}

fn broken() -> AuthError {
    AuthError::new(AuthErrorKind::Store, "out of order")
}

impl TokenStore for Memory {
    fn load<'a>(
        &'a self,
        key: TokenKey<'a>,
    ) -> BoxFuture<'a, Result<Option<StoredToken>, AuthError>> {
        assert_eq!((key.endpoint().as_str(), key.client_id()), (TOKEN_URL, "id"));
        let loaded =
            if self.broken_load { Err(broken()) } else { Ok(self.kept.lock().unwrap().clone()) };
        Box::pin(async { loaded })
    }

    fn save<'a>(
        &'a self,
        _: TokenKey<'a>,
        token: StoredToken,
    ) -> BoxFuture<'a, Result<(), AuthError>> {
        Box::pin(async {
            if self.broken_save {
                return Err(broken());
            }
            *self.kept.lock().unwrap() = Some(token);
            Ok(())
        })
    }

    fn remove<'a>(&'a self, _: TokenKey<'a>) -> BoxFuture<'a, Result<(), AuthError>> {
        *self.kept.lock().unwrap() = None;
        Box::pin(async { Ok(()) })
    }
}

/// A folder of this test alone, removed with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = format!("specwright-{name}-{}-{:x}", std::process::id(), fastrand::u32(..));
        Self(std::env::temp_dir().join(folder))
    }

    fn files(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(&self.0).unwrap();
        let all = entries.map(|entry| entry.unwrap().path());
        // Those beside them are empty and only locked.
        all.filter(|path| path.extension().is_none_or(|ending| ending != "lock")).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn the_next_run_goes_on_with_the_token() {
    let folder = Folder::new("runs");
    let mock = tokens();
    for _ in 0..3 {
        let api = with(FileTokenStore::new(&folder.0));
        assert_eq!(token(&api, &account(), &mock).await.unwrap(), "Bearer t0");
    }
    assert_eq!(mock.count(), 1);

    // Another client, and another server, have tokens of their own.
    let api = with(FileTokenStore::new(&folder.0));
    let shouting = ClientCredentials::new(TOKEN_URL, "ID".to_owned(), "secret".to_owned());
    assert_eq!(token(&api, &shouting, &mock).await.unwrap(), "Bearer t1");
    assert_eq!(token(&api, &account().scope("x"), &mock).await.unwrap(), "Bearer t2");
    let elsewhere = Api { base_url: "http://127.0.0.1:1".to_owned(), ..api };
    assert_eq!(token(&elsewhere, &account(), &mock).await.unwrap(), "Bearer t3");
    assert_eq!(folder.files().len(), 4);
}

/// Locks are between open files, so this is what two programs do as well.
#[tokio::test]
async fn of_programs_that_start_together_one_asks() {
    let folder = Folder::new("together");
    let mock = Mock::new(|number, _| async move {
        tokio::task::yield_now().await;
        grant(&format!("t{number}"), 3600)
    });
    let start = || async {
        let api = with(FileTokenStore::new(&folder.0));
        token(&api, &account(), &mock).await.unwrap()
    };
    let all = futures_util::future::join_all((0..20).map(|_| start())).await;
    assert!(all.iter().all(|token| token == "Bearer t0"), "{all:?}");
    assert_eq!(mock.count(), 1);
}

/// A failure is nobody else's: the next in turn asks.
#[tokio::test]
async fn a_turn_ends_with_a_failure() {
    let folder = Folder::new("failure");
    let mock = Mock::new(|number, _| async move {
        tokio::task::yield_now().await;
        if number == 0 { answer(500, &[], "") } else { grant("t", 3600) }
    });
    let start = || async {
        let api = with(FileTokenStore::new(&folder.0));
        token(&api, &account(), &mock).await.is_ok()
    };
    let all = futures_util::future::join_all((0..5).map(|_| start())).await;
    assert_eq!(all.iter().filter(|fine| **fine).count(), 4);
    assert_eq!(mock.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_program_that_is_stuck_locks_nobody_out() {
    use fs4::FileExt;

    let folder = Folder::new("stuck");
    let api = with(FileTokenStore::new(&folder.0));
    token(&api, &account(), &tokens()).await.unwrap();
    let kept = folder.files();
    std::fs::remove_file(&kept[0]).unwrap();
    let mut turn = kept[0].clone().into_os_string();
    turn.push(".lock");
    let stuck = std::fs::File::open(turn).unwrap();
    FileExt::lock(&stuck).unwrap();

    let began = tokio::time::Instant::now();
    assert_eq!(token(&api, &account(), &tokens()).await.unwrap(), "Bearer t0");
    assert_eq!(began.elapsed().as_secs(), 35);
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_is_no_token_file() {
    let folder = Folder::new("folder");
    let api = with(FileTokenStore::new(&folder.0));
    token(&api, &account(), &tokens()).await.unwrap();
    let kept = folder.files();
    std::fs::remove_file(&kept[0]).unwrap();
    std::fs::create_dir(&kept[0]).unwrap();
    let error = token(&api, &account(), &tokens()).await.unwrap_err();
    assert_eq!(error.kind(), AuthErrorKind::Store);
    assert!(error.to_string().contains("is no file"), "{error}");
}

#[cfg(unix)]
#[tokio::test]
async fn files_are_for_their_owner() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &PathBuf| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;

    let folder = Folder::new("modes");
    let (api, mock) = (with(FileTokenStore::new(&folder.0)), tokens());
    token(&api, &account(), &mock).await.unwrap();
    let files = folder.files();
    assert_eq!(files.len(), 1, "no draft is left: {files:?}");
    assert_eq!((mode(&folder.0), mode(&files[0])), (0o700, 0o600));
    let content: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&files[0]).unwrap()).unwrap();
    let names: Vec<&String> = content.as_object().unwrap().keys().collect();
    assert_eq!(names, ["access_token", "expires_at"]);
    assert!(!files[0].to_str().unwrap().contains("secret"));

    // A file that others can read is not trusted, and not overwritten behind its owner's back.
    std::fs::set_permissions(&files[0], std::fs::Permissions::from_mode(0o640)).unwrap();
    let error = token(&api, &account(), &mock).await.unwrap_err();
    assert_eq!(error.kind(), AuthErrorKind::Store);
    assert_eq!(mock.count(), 1);

    // What is no token is replaced.
    std::fs::set_permissions(&files[0], std::fs::Permissions::from_mode(0o600)).unwrap();
    std::fs::write(&files[0], "{\"access").unwrap();
    assert_eq!(token(&api, &account(), &mock).await.unwrap(), "Bearer t1");
    assert_eq!(mode(&files[0]), 0o600);
}

#[tokio::test]
async fn a_store_that_cannot_work_says_so_before_a_token_is_spent() {
    let folder = Folder::new("unfit");
    std::fs::write(&folder.0, "a file where a folder should be").unwrap();
    let (api, mock) = (with(FileTokenStore::new(&folder.0)), tokens());
    let error = token(&api, &account(), &mock).await.unwrap_err();
    assert_eq!((error.kind(), mock.count()), (AuthErrorKind::Store, 0));
    std::fs::remove_file(&folder.0).unwrap();

    let store = Memory { broken_load: true, ..Memory::default() };
    let error = token(&with(store), &account(), &mock).await.unwrap_err();
    assert_eq!((error.kind(), mock.count()), (AuthErrorKind::Store, 0));
}

#[tokio::test]
async fn a_token_that_could_not_be_saved_is_used_all_the_same() {
    let api = with(Memory { broken_save: true, ..Memory::default() });
    let (account, mock) = (account(), tokens());
    let error = token(&api, &account, &mock).await.unwrap_err();
    assert_eq!(error.kind(), AuthErrorKind::Store);
    assert_eq!(token(&api, &account, &mock).await.unwrap(), "Bearer t0");
    assert_eq!(mock.count(), 1);
}

#[tokio::test]
async fn only_a_token_with_some_life_left_is_taken() {
    let now = SystemTime::now();
    let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
    for (expires, expected) in [
        (Some(now + minutes(30)), "Bearer stored"),
        (Some(now + minutes(60 * 24 * 365)), "Bearer stored"),
        (None, "Bearer stored"),
        (Some(now), "Bearer t0"),
        (Some(now - minutes(1)), "Bearer t0"),
        (Some(now + Duration::from_secs(30)), "Bearer t0"),
    ] {
        let store = Memory::holding("stored", expires);
        let given = token(&with(store.clone()), &account(), &tokens()).await.unwrap();
        assert_eq!(given, expected, "{expires:?}");
        assert_eq!(format!("Bearer {}", store.kept().unwrap()), expected);
    }
    let odd = Memory::holding("a b\r\n", None);
    assert_eq!(token(&with(odd), &account(), &tokens()).await.unwrap(), "Bearer t0");
}

#[tokio::test]
async fn a_stored_token_that_is_refused_is_replaced_once() {
    let store = Memory::holding("stored", None);
    let mock = Mock::new(|_, seen| async move {
        match (seen.uri.path().ends_with("/token"), seen.header("authorization")) {
            (true, _) => grant("new", 3600),
            (false, Some("Bearer new")) => answer(200, &[], ""),
            (false, _) => answer(401, &[], ""),
        }
    });
    let outcome = with(store.clone()).call(&account(), &mock).await.unwrap();
    assert_eq!((outcome.status.as_u16(), outcome.trips, mock.token_calls()), (200, 2, 1));
    assert_eq!(store.kept().as_deref(), Some("new"));
}

/// Gives tokens, and answers their revocation with `status`.
fn revoking(status: u16) -> Mock {
    let give = move |number: usize, path: &str| -> Answer {
        if path.ends_with("/revoke") {
            return answer(status, &[], "");
        }
        grant(&format!("t{number}"), 3600)
    };
    Mock::new(move |number, seen| async move { give(number, seen.uri.path()) })
}

#[tokio::test]
async fn a_token_is_given_back() {
    let store = Memory::default();
    let (api, account, mock) = (with(store.clone()), account(), revoking(200));
    let credential = Credential::from(account.clone());
    credential.revoke(REVOKE_URL).await.unwrap();
    assert_eq!(mock.count(), 0, "nothing to revoke yet");

    token(&api, &account, &mock).await.unwrap();
    credential.revoke(REVOKE_URL).await.unwrap();
    let seen = &mock.seen()[1];
    assert_eq!((seen.method.as_str(), seen.uri.to_string().as_str()), ("POST", REVOKE_URL));
    assert_eq!(seen.body, b"token_type_hint=access_token&token=t0");
    assert!(seen.header("authorization").unwrap().starts_with("Basic "));
    assert_eq!(store.kept(), None);

    credential.revoke(REVOKE_URL).await.unwrap();
    assert_eq!(mock.count(), 2, "it is gone");
    assert_eq!(token(&api, &account, &mock).await.unwrap(), "Bearer t2");
}

#[tokio::test]
async fn a_revocation_follows_the_base_url() {
    let api = Api { base_url: "http://127.0.0.1:1".to_owned(), ..Api::default() };
    let (account, mock) = (account(), revoking(200));
    token(&api, &account, &mock).await.unwrap();
    Credential::from(account).revoke(REVOKE_URL).await.unwrap();
    assert_eq!(mock.seen()[1].uri, "http://127.0.0.1:1/api/oauth/revoke");
}

#[tokio::test]
async fn a_token_that_was_not_revoked_stays() {
    for (status, kind) in [
        (401, AuthErrorKind::Rejected),
        (429, AuthErrorKind::RateLimited),
        (503, AuthErrorKind::Unavailable),
    ] {
        let store = Memory::default();
        let (api, account, mock) = (with(store.clone()), account(), revoking(status));
        token(&api, &account, &mock).await.unwrap();
        let error = Credential::from(account.clone()).revoke(REVOKE_URL).await.unwrap_err();
        assert_eq!(error.kind(), kind);
        assert_eq!(token(&api, &account, &mock).await.unwrap(), "Bearer t0");
        assert_eq!(store.kept().as_deref(), Some("t0"));
    }
}

#[tokio::test]
async fn however_much_a_token_is_for_it_has_a_file_of_its_own() {
    let folder = Folder::new("long");
    let scopes: Vec<String> =
        (0..40).map(|n| format!("https://www.example.com/auth/thing{n}")).collect();
    let (all, fewer) = (scopes.join(" "), scopes[..39].join(" "));
    let mock = tokens();
    for (scope, expected) in
        [(&all, "Bearer t0"), (&fewer, "Bearer t1"), (&all, "Bearer t0"), (&fewer, "Bearer t1")]
    {
        let api = with(FileTokenStore::new(&folder.0));
        let account = account().scope(scope);
        assert_eq!(token(&api, &account, &mock).await.unwrap(), expected);
    }
}
