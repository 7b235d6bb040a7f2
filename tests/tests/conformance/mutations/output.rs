//! Changes to the client: each is one that its document does not ask for.

use super::check_output;

#[test]
fn every_change_to_a_type_is_reported() {
    check_output(&[
        ("types.rs", "    pub days: Option<i32>,\n", "", "types::LoanRequest.days: missing"),
        (
            "types.rs",
            "pub days: Option<i32>,",
            "pub days: Option<i32>,\n    pub age: i32,",
            "types::LoanRequest.age: nothing",
        ),
        (
            "types.rs",
            "pub days: Option<i32>",
            "pub days: Option<i64>",
            "types::LoanRequest.days: differs",
        ),
        ("types.rs", "pub days: Option<i32>", "pub days: i32", "types::LoanRequest.days: differs"),
        (
            "types.rs",
            "pub days: Option<i32>",
            "days: Option<i32>",
            "types::LoanRequest.days: missing",
        ),
        (
            "types.rs",
            "pub note: specwright_runtime::Nullable<String>,",
            "pub note: Option<String>,",
            "types::LoanRequest.note: differs",
        ),
        (
            "types.rs",
            "    pub days: Option<i32>,\n}",
            "    pub days: Option<i32>,\n    pub number: Option<i64>,\n}",
            "types::LoanRequest.number: nothing",
        ),
        (
            "types.rs",
            "pub id: specwright_runtime::uuid::Uuid",
            "pub id: String",
            "types::Loan.id: differs",
        ),
        ("types.rs", "    #[wire(nullable)]\n", "", "types::Loan.returned_at: differs"),
        ("types.rs", "    #[wire(\"bookURL\")]\n", "", "types::Loan.book_url: differs"),
        (
            "types.rs",
            "#[wire(\"bookURL\")]",
            "#[wire(\"bookUrl\")]",
            "types::Loan.book_url: differs",
        ),
        (
            "types.rs",
            "pub copies: Option<Vec<Medium>>",
            "pub copies: Option<Medium>",
            "types::Loan.copies: differs",
        ),
        ("types.rs", "PartialEq, Encode)]", "PartialEq, Decode)]", "types::LoanRequest: differs"),
        (
            "types.rs",
            "#[non_exhaustive]\npub struct Loan ",
            "pub struct Loan ",
            "types::Loan: differs",
        ),
        (
            "types.rs",
            "use specwright_runtime",
            "pub struct Stray;\nuse specwright_runtime",
            "types::Stray: nothing",
        ),
        (
            "types.rs",
            "use specwright_runtime",
            "pub fn stray() {}\nuse specwright_runtime",
            "types::stray: nothing",
        ),
    ]);
}

#[test]
fn every_change_to_an_enum_is_reported() {
    check_output(&[
        ("types.rs", "    Day,\n", "", "types::LoanType::Day: missing"),
        ("types.rs", "    Day,\n", "    Day,\n    Week,\n", "types::LoanType::Week: nothing"),
        ("types.rs", "\"long-term\"", "\"longTerm\"", "types::LoanType::LongTerm: differs"),
        (
            "types.rs",
            "    LongTerm,\n    UnknownValue(String),\n",
            "    LongTerm,\n",
            "types::LoanType::UnknownValue: missing",
        ),
        (
            "types.rs",
            "    AudioBook,\n    UnknownValue(String)",
            "    AudioBook,\n    UnknownValue(i32)",
            "types::Medium::UnknownValue: differs",
        ),
        ("types.rs", "    #[wire(\"PAPER\")]\n", "", "types::Medium::Paper: differs"),
        (
            "types.rs",
            "Hash, StringEnum)]\n#[non_exhaustive]\npub enum Medium",
            "Hash)]\n#[non_exhaustive]\npub enum Medium",
            "types::Medium: differs",
        ),
    ]);
}

#[test]
fn every_change_to_a_constructor_is_reported() {
    check_output(&[
        (
            "types.rs",
            "self.days = Some(days)",
            "self.age = Some(days)",
            "types::LoanRequest::with_days: differs",
        ),
        ("types.rs", "fn with_days", "fn days", "types::LoanRequest::with_days: missing"),
        ("types.rs", "fn with_days", "fn days", "types::LoanRequest::days: nothing"),
        ("types.rs", "pub fn with_days", "fn with_days", "types::LoanRequest::with_days: missing"),
        (
            "types.rs",
            "reader: impl Into<String>",
            "reader: String",
            "types::LoanRequest::new: differs",
        ),
        (
            "types.rs",
            "id, returned_at, book_url: None",
            "id, returned_at: None, book_url: None",
            "types::Loan::new: differs",
        ),
        (
            "types.rs",
            "pub fn new(\n        id: specwright_runtime::uuid::Uuid,\n",
            "pub fn new(\n",
            "types::Loan::new: differs",
        ),
    ]);
}

#[test]
fn every_change_to_an_operation_is_reported() {
    check_output(&[
        ("operations.rs", "Method::POST", "Method::PUT", "operation lendBook: method: differs"),
        (
            "operations.rs",
            "\"Loans-Left\"",
            "\"Loans\"",
            "operations::headers::LOANS_LEFT: differs",
        ),
        ("operations.rs", "Header<i32>", "Header<i64>", "operations::headers::LOANS_LEFT: differs"),
        ("operations.rs", "pub const", "const", "operations::headers::LOANS_LEFT: missing"),
        ("operations.rs", "/loans\"", "/loan\"", "operation lendBook: path: differs"),
        ("operations.rs", "\"lendBook\"", "\"lend\"", "operation lendBook: method: missing"),
        (
            "operations.rs",
            ".accept(\"application/vnd.library+json\")",
            "",
            "operation lendBook: accept: missing",
        ),
        (
            "operations.rs",
            ".accept(\"application/vnd.library+json\")",
            ".accept(\"application/json\")",
            "operation lendBook: accept: differs",
        ),
        (
            "operations.rs",
            ".content_type(\"application/vnd.library+json\")",
            ".content_type(\"application/json\")",
            "operation lendBook: content_type: differs",
        ),
        ("operations.rs", "&[200]", "&[201]", "operation lendBook: success: differs"),
        (
            "operations.rs",
            "&[&[\"Account\"], &[\"Key\"]]",
            "&[&[\"Account\", \"Key\"]]",
            "operation lendBook: security: differs",
        ),
        ("operations.rs", ".nonempty()", "", "operation lendBook: nonempty: missing"),
        (
            "operations.rs",
            ".envelope(\"wrapped\", \"status\", \"content\")",
            "",
            "operation lendBook: envelope: missing",
        ),
        (
            "operations.rs",
            "path(\"shelfId\", shelf_id)",
            "path(\"shelfId\", book_id)",
            "operations::LendBook::new: differs",
        ),
        ("operations.rs", ".json(&body)", "", "operations::LendBook::new: differs"),
        (
            "operations.rs",
            "self.call.envelope(wrapped)",
            "self.call.query(\"wrapped\", wrapped)",
            "operations::LendBook::wrapped: differs",
        ),
        ("operations.rs", "\"dryRun\"", "\"dry_run\"", "operations::LendBook::dry_run: differs"),
        (
            "operations.rs",
            "dry_run: bool",
            "dry_run: i32",
            "operations::LendBook::dry_run: differs",
        ),
        (
            "operations.rs",
            "#[must_use = \"a call does nothing until `send` is awaited\"]\n",
            "",
            "operations::LendBook: differs",
        ),
        (
            "operations.rs",
            "ResponseFuture<super::types::Loan, ",
            "ResponseFuture<super::types::Problem, ",
            "operations::LendBook::send: differs",
        ),
        (
            "operations.rs",
            "self.call.send_json()",
            "self.call.send_text()",
            "operations::LendBook::send: differs",
        ),
    ]);
}

#[test]
fn every_change_to_an_error_is_reported() {
    check_output(&[
        (
            "operations.rs",
            "    #[status(409)]\n    Conflict(specwright_runtime::ErrorBody<super::types::Problem>),\n",
            "",
            "operations::LendBookError::Conflict: missing",
        ),
        (
            "operations.rs",
            "#[status(409)]",
            "#[status(410)]",
            "operations::LendBookError::Conflict: differs",
        ),
        (
            "operations.rs",
            "#[status(409)]",
            "#[status(409, text)]",
            "operations::LendBookError::Conflict: differs",
        ),
        (
            "operations.rs",
            "Conflict(specwright_runtime::ErrorBody<super::types::Problem>)",
            "Conflict(specwright_runtime::ErrorBody<()>)",
            "operations::LendBookError::Conflict: differs",
        ),
        (
            "operations.rs",
            "    #[status(409)]",
            "    #[status(410)]\n    Gone,\n    #[status(409)]",
            "operations::LendBookError::Gone: nothing",
        ),
        ("operations.rs", "#[non_exhaustive]\n", "", "operations::LendBookError: differs"),
    ]);
}

#[test]
fn every_change_to_the_client_is_reported() {
    check_output(&[
        (
            "client.rs",
            "\"https://library.example\"",
            "\"https://library.test\"",
            "api: servers: differs",
        ),
        (
            "client.rs",
            "shelf_id.as_ref(), book_id.as_ref()",
            "book_id.as_ref(), shelf_id.as_ref()",
            "client::Client::lend_book: differs",
        ),
        (
            "client.rs",
            "-> super::operations::LendBook",
            "-> super::operations::Lend",
            "client::Client::lend_book: differs",
        ),
        (
            "client.rs",
            "    core: v1::Core,\n}",
            "    pub core: v1::Core,\n}",
            "client::Client.core: nothing",
        ),
        ("lib.rs", "pub use client::Client;", "use client::Client;", "Client: missing"),
        ("lib.rs", "AnyError as Error", "AnyError as Failure", "Failure: nothing"),
        ("lib.rs", "pub mod types", "mod types", "types: missing"),
        ("lib.rs", "mod credentials", "pub mod credentials", "credentials: nothing"),
    ]);
}

#[test]
fn every_change_to_a_credential_is_reported() {
    check_output(&[
        (
            "credentials.rs",
            "https://library.example/token",
            "https://library.example/tokens",
            "credentials::Reader::new: differs",
        ),
        (
            "credentials.rs",
            "[\"READER_ID\", \"READER_SECRET\"]",
            "[\"READER_SECRET\", \"READER_ID\"]",
            "credentials::Reader::from_env: differs",
        ),
        (
            "credentials.rs",
            "Self::new(client_id, client_secret)",
            "Self::new(client_secret, client_id)",
            "credentials::Reader::from_env: differs",
        ),
        (
            "credentials.rs",
            "public.into(), private.into()",
            "private.into(), public.into()",
            "credentials::DoorKey::new: differs",
        ),
        (
            "credentials.rs",
            "(specwright_runtime::auth::Digest)",
            "(specwright_runtime::auth::Basic)",
            "credentials::DoorKey: differs",
        ),
        ("credentials.rs", "\"Key\"", "\"Account\"", "credentials::DoorKey: scheme: differs"),
    ]);
}

#[test]
fn output_that_cannot_be_read_is_no_agreement() {
    check_output(&[
        ("types.rs", "pub enum Medium {", "pub enum Medium ", "output: types.rs: "),
        (
            "types.rs",
            "pub struct Problem {",
            "pub struct Medium {",
            "output: types::Medium is declared twice",
        ),
    ]);
}
