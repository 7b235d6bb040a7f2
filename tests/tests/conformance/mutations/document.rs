//! Changes to the document: each is one that the client lacks, or that the check cannot judge.

use super::check_document;

#[test]
fn every_addition_to_the_document_is_missed_in_the_output() {
    check_document(&[
        (
            "        days: {",
            "        weeks: {type: string}\n        days: {",
            "types::LoanRequest.weeks: missing",
        ),
        ("[PAPER, audioBook]", "[PAPER, audioBook, VINYL]", "types::Medium::Vinyl: missing"),
        (
            "        '409':",
            "        '503': {description: Closed.}\n        '409':",
            "operations::LendBookError::ServiceUnavailable: missing",
        ),
        (
            "        - {name: dryRun",
            "        - {name: quiet, in: query, schema: {type: boolean}}\n        - {name: dryRun",
            "operations::LendBook::quiet: missing",
        ),
        ("required: [reader]", "required: [reader, days]", "types::LoanRequest.days: differs"),
        ("format: int64, readOnly: true}", "format: int64}", "types::LoanRequest.number: missing"),
        (
            "application/vnd.library+json:\n              schema: {$ref: '#/components/schemas/Loan'}",
            "application/vnd.library.v2+json:\n              schema: {$ref: '#/components/schemas/Loan'}",
            "operation lendBook: accept: differs",
        ),
        ("          x-specwright-nonempty: true\n", "", "operation lendBook: nonempty: nothing"),
        ("    post:", "    get:", "operation lendBook: method: differs"),
        (
            "    Account:\n",
            "    Account2: {type: http, scheme: basic}\n    Account:\n",
            "credentials::Account2: missing",
        ),
        (
            "  schemas:\n",
            "  schemas:\n    Unused: {type: object, properties: {}}\n",
            "document: no operation reaches the schema Unused",
        ),
        (
            "days: {type: integer",
            "days: {multipleOf: 7, type: integer",
            "document: LoanRequestDays: this test does not know the keyword multipleOf",
        ),
    ]);
}

#[test]
fn what_the_checker_cannot_judge_is_reported() {
    check_document(&[
        (
            "      operationId:",
            "      callbacks: {}\n      operationId:",
            "document: lendBook: this test does not know the key callbacks",
        ),
        (
            "name: dryRun, in: query,",
            "name: dryRun, in: query, style: form,",
            "document: lendBook: this test does not know the key style",
        ),
        (
            "        '404':",
            "        '202': {description: Later.}\n        '404':",
            "document: lendBook: this test only knows a single success",
        ),
        (
            "          application/vnd.library+json:\n            schema:",
            "          text/plain: {}\n          application/vnd.library+json:\n            schema:",
            "document: lendBook: this test only knows messages with a single media type",
        ),
    ]);
}
