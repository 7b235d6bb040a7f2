//! The naming rule between the wire and Rust, for the plain names that this document has.

/// `masterKeyUUID` → `master_key_uuid`.
pub(crate) fn snake(wire: &str) -> String {
    words(wire).join("_")
}

/// `inProgress`, `in-progress` and `IN_PROGRESS` → `InProgress`.
pub(crate) fn pascal(wire: &str) -> String {
    words(wire).iter().map(|word| capitalised(word)).collect()
}

/// `created_at` and `CreatedAt` → `createdAt`.
pub(crate) fn lower_camel(ident: &str) -> String {
    let mut words = words(ident).into_iter();
    let first = words.next().unwrap_or_default();
    words.fold(first, |name, word| name + &capitalised(&word))
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Lower-case words: a new one starts after any other character, at an upper-case letter that
/// follows a lower-case one or a digit, and at the last capital of a run of capitals when a
/// lower-case letter follows it.
fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words = vec![String::new()];
    for (at, &letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| letters[before]);
        let after = letters.get(at + 1);
        let starts = letter.is_uppercase()
            && before.is_some_and(|before| {
                !before.is_uppercase() || after.is_some_and(|after| after.is_lowercase())
            });
        if starts || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        if let (true, Some(word)) = (letter.is_alphanumeric(), words.last_mut()) {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn names_are_cased_by_word() {
    assert_eq!(snake("masterKeyUUID"), "master_key_uuid");
    assert_eq!(snake("groupId"), "group_id");
    assert_eq!(snake("URLPath"), "url_path");
    assert_eq!(pascal("takeSnapshot"), "TakeSnapshot");
    assert_eq!(pascal("IN_PROGRESS"), "InProgress");
    assert_eq!(pascal("AWS"), "Aws");
    assert_eq!(lower_camel("created_at"), "createdAt");
    assert_eq!(lower_camel("InProgress"), "inProgress");
    assert_eq!(lower_camel("id_2"), "id2");
}
