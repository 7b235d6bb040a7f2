use proptest::prelude::*;

use super::{Case, digest, ident, words};

/// Name on the wire, field, type or variant.
const TABLE: &[(&str, &str, &str)] = &[
    // The list of the naming tests.
    ("ApiError", "api_error", "ApiError"),
    ("Client", "client", "Client"),
    ("Error", "error", "Error"),
    ("Result", "result", "Result"),
    ("Option", "option", "Option"),
    ("Vec", "vec", "Vec"),
    ("String", "string", "String"),
    ("Box", "r#box", "Box"),
    ("Self", "self_", "Self_"),
    ("self", "self_", "Self_"),
    ("type", "r#type", "Type"),
    ("async", "r#async", "Async"),
    ("gen", "r#gen", "Gen"),
    ("1st", "n_1st", "N1st"),
    ("2dsphereIndexVersion", "n_2dsphere_index_version", "N2dsphereIndexVersion"),
    ("", "empty", "Empty"),
    ("a-b", "a_b", "AB"),
    ("a_b", "a_b", "AB"),
    ("é", "é", "É"),
    ("+1", "plus_1", "Plus1"),
    ("-1", "minus_1", "Minus1"),
    ("UnknownValue", "unknown_value", "UnknownValue"),
    ("foo", "foo", "Foo"),
    ("Foo", "foo", "Foo"),
    ("FOO", "foo", "Foo"),
    // Words.
    ("retentionInDays", "retention_in_days", "RetentionInDays"),
    ("created_at", "created_at", "CreatedAt"),
    ("created-at", "created_at", "CreatedAt"),
    ("CreatedAt", "created_at", "CreatedAt"),
    ("CREATED_AT", "created_at", "CreatedAt"),
    ("Created At", "created_at", "CreatedAt"),
    ("created__at", "created_at", "CreatedAt"),
    ("created_at_", "created_at", "CreatedAt"),
    ("masterKeyUUID", "master_key_uuid", "MasterKeyUuid"),
    ("AWS", "aws", "Aws"),
    ("HTTPServerError", "http_server_error", "HttpServerError"),
    ("userIDs", "user_ids", "UserIds"),
    ("IDs", "ids", "Ids"),
    ("IDsOfUsers", "ids_of_users", "IdsOfUsers"),
    ("baseURLs", "base_urls", "BaseUrls"),
    ("HTTPstatus", "htt_pstatus", "HttPstatus"),
    ("PaaS", "paa_s", "PaaS"),
    ("isA", "is_a", "IsA"),
    ("xAxis", "x_axis", "XAxis"),
    // Digits stay with the letters before them.
    ("ipv4Address", "ipv4_address", "Ipv4Address"),
    ("IPv6Gateway", "ipv6_gateway", "Ipv6Gateway"),
    ("EnableIPv6", "enable_ipv6", "EnableIpv6"),
    ("sha256", "sha256", "Sha256"),
    ("SHA-256", "sha_256", "Sha256"),
    ("OAuth2", "oauth2", "Oauth2"),
    ("useOAuth2Token", "use_oauth2_token", "UseOauth2Token"),
    ("FOOAuth", "foo_auth", "FooAuth"),
    ("iOS", "ios", "Ios"),
    ("maxReadIOps", "max_read_iops", "MaxReadIops"),
    ("x509Cert", "x509_cert", "X509Cert"),
    ("X509CERT", "x509cert", "X509cert"),
    ("id2", "id2", "Id2"),
    ("id_2", "id_2", "Id2"),
    ("k8sVersion", "k8s_version", "K8sVersion"),
    ("utf8", "utf8", "Utf8"),
    ("200", "n_200", "N200"),
    ("24h", "n_24h", "N24h"),
    ("3DSecure", "n_3d_secure", "N3dSecure"),
    ("1.5", "n_1_5", "N1_5"),
    ("15", "n_15", "N15"),
    ("2023-01-01", "n_2023_01_01", "N2023_01_01"),
    ("gpt-4.1-mini", "gpt_4_1_mini", "Gpt4_1Mini"),
    ("1-2", "n_1_2", "N1_2"),
    ("v1.2.3", "v1_2_3", "V1_2_3"),
    // Symbols between words.
    ("application/json", "application_json", "ApplicationJson"),
    ("Africa/Dar_es_Salaam", "africa_dar_es_salaam", "AfricaDarEsSalaam"),
    ("name:asc", "name_asc", "NameAsc"),
    ("io.k8s.api.core.v1.Pod", "io_k8s_api_core_v1_pod", "IoK8sApiCoreV1Pod"),
    ("Parameter1.Name", "parameter1_name", "Parameter1Name"),
    ("filter[name]", "filter_name", "FilterName"),
    ("files[0]", "files_0", "Files0"),
    ("a, b; c", "a_b_c", "ABC"),
    ("x5t#S256", "x5t_s256", "X5tS256"),
    ("don't", "dont", "Dont"),
    ("5 (2432 MHz)", "n_5_2432_m_hz", "N5_2432MHz"),
    ("\"quoted\"", "quoted", "Quoted"),
    ("line\nbreak", "line_break", "LineBreak"),
    ("10\u{2013}20", "n_10_20", "N10_20"),
    // Symbols that decorate.
    ("_links", "links", "Links"),
    ("__typename", "typename", "Typename"),
    ("$schema", "schema", "Schema"),
    ("$ref", "r#ref", "Ref"),
    ("@type", "r#type", "Type"),
    ("@odata.type", "odata_type", "OdataType"),
    ("#text", "text", "Text"),
    ("/v1/files", "v1_files", "V1Files"),
    ("Sorry.", "sorry", "Sorry"),
    ("active?", "active", "Active"),
    ("Hello!", "hello", "Hello"),
    // Symbols that mean something.
    ("-created", "minus_created", "MinusCreated"),
    ("+created", "plus_created", "PlusCreated"),
    ("A+", "a_plus", "APlus"),
    ("A-", "a_minus", "AMinus"),
    ("C#", "c_hash", "CHash"),
    ("C++", "c_plus_plus", "CPlusPlus"),
    ("50%", "n_50_percent", "N50Percent"),
    ("R&D", "r_and_d", "RAndD"),
    ("a@b", "a_at_b", "AAtB"),
    ("US$", "us_dollar", "UsDollar"),
    ("documents.*", "documents_star", "DocumentsStar"),
    (".csv", "dot_csv", "DotCsv"),
    ("!important", "not_important", "NotImportant"),
    ("~user", "tilde_user", "TildeUser"),
    ("a=b", "a_equal_b", "AEqualB"),
    ("a|b", "a_pipe_b", "APipeB"),
    ("a<=b", "a_less_than_or_equal_b", "ALessThanOrEqualB"),
    ("Etc/GMT+10", "etc_gmt_plus_10", "EtcGmtPlus10"),
    // Nothing but symbols.
    ("<", "less_than", "LessThan"),
    (">", "greater_than", "GreaterThan"),
    ("<=", "less_than_or_equal", "LessThanOrEqual"),
    (">=", "greater_than_or_equal", "GreaterThanOrEqual"),
    ("!=", "not_equal", "NotEqual"),
    ("=", "equal", "Equal"),
    ("==", "equal_equal", "EqualEqual"),
    ("+", "plus", "Plus"),
    ("-", "minus", "Minus"),
    ("*", "star", "Star"),
    ("/", "slash", "Slash"),
    ("\\", "backslash", "Backslash"),
    (".", "dot", "Dot"),
    ("..", "dot_dot", "DotDot"),
    (",", "comma", "Comma"),
    (":", "colon", "Colon"),
    (";", "semicolon", "Semicolon"),
    ("%", "percent", "Percent"),
    ("@", "at", "At"),
    ("$", "dollar", "Dollar"),
    ("#", "hash", "Hash"),
    ("&", "and", "And"),
    ("|", "pipe", "Pipe"),
    ("~", "tilde", "Tilde"),
    ("^", "caret", "Caret"),
    ("!", "bang", "Bang"),
    ("?", "question", "Question"),
    ("_", "underscore", "Underscore"),
    ("__", "underscore_underscore", "UnderscoreUnderscore"),
    (" ", "space", "Space"),
    ("\t", "tab", "Tab"),
    ("'", "apostrophe", "Apostrophe"),
    ("`", "backtick", "Backtick"),
    ("()", "open_paren_close_paren", "OpenParenCloseParen"),
    ("{}", "open_brace_close_brace", "OpenBraceCloseBrace"),
    ("[]", "open_bracket_close_bracket", "OpenBracketCloseBracket"),
    ("\0", "u0000", "U0000"),
    ("\r", "u000d", "U000D"),
    // Beyond ASCII.
    ("größe", "größe", "Größe"),
    ("straßenName", "straßen_name", "StraßenName"),
    ("Цена", "цена", "Цена"),
    ("価格", "価格", "価格"),
    ("가격", "가격", "가격"),
    ("ΟΔΟΣ", "οδος", "Οδος"),
    ("e\u{301}", "é", "É"),
    ("\u{301}", "u0301", "U0301"),
    ("😀", "u1f600", "U1F600"),
    ("a😀b", "a_u1f600_b", "AU1F600B"),
    ("。", "u3002", "U3002"),
    ("½", "u00bd", "U00BD"),
    ("٣", "n_٣", "N٣"),
    ("\u{212A}", "k", "K"),
    // Keywords, in every edition.
    ("abstract", "r#abstract", "Abstract"),
    ("as", "r#as", "As"),
    ("await", "r#await", "Await"),
    ("become", "r#become", "Become"),
    ("break", "r#break", "Break"),
    ("const", "r#const", "Const"),
    ("continue", "r#continue", "Continue"),
    ("crate", "crate_", "Crate"),
    ("do", "r#do", "Do"),
    ("dyn", "r#dyn", "Dyn"),
    ("else", "r#else", "Else"),
    ("enum", "r#enum", "Enum"),
    ("extern", "r#extern", "Extern"),
    ("false", "r#false", "False"),
    ("final", "r#final", "Final"),
    ("fn", "r#fn", "Fn"),
    ("for", "r#for", "For"),
    ("if", "r#if", "If"),
    ("impl", "r#impl", "Impl"),
    ("in", "r#in", "In"),
    ("let", "r#let", "Let"),
    ("loop", "r#loop", "Loop"),
    ("macro", "r#macro", "Macro"),
    ("match", "r#match", "Match"),
    ("mod", "r#mod", "Mod"),
    ("move", "r#move", "Move"),
    ("mut", "r#mut", "Mut"),
    ("override", "r#override", "Override"),
    ("priv", "r#priv", "Priv"),
    ("pub", "r#pub", "Pub"),
    ("ref", "r#ref", "Ref"),
    ("return", "r#return", "Return"),
    ("static", "r#static", "Static"),
    ("struct", "r#struct", "Struct"),
    ("super", "super_", "Super"),
    ("trait", "r#trait", "Trait"),
    ("true", "r#true", "True"),
    ("try", "r#try", "Try"),
    ("typeof", "r#typeof", "Typeof"),
    ("unsafe", "r#unsafe", "Unsafe"),
    ("unsized", "r#unsized", "Unsized"),
    ("use", "r#use", "Use"),
    ("virtual", "r#virtual", "Virtual"),
    ("where", "r#where", "Where"),
    ("while", "r#while", "While"),
    ("yield", "r#yield", "Yield"),
    ("union", "union", "Union"),
    ("default", "default", "Default"),
];

#[test]
fn names_read_as_a_person_would_write_them() {
    for (wire, snake, pascal) in TABLE {
        assert_eq!(ident(wire, Case::Snake), *snake, "{wire:?} as a field");
        assert_eq!(ident(wire, Case::Pascal), *pascal, "{wire:?} as a type");
    }
}

#[test]
fn statics_shout() {
    for (wire, name) in
        [("takeSnapshot", "TAKE_SNAPSHOT"), ("1st", "N_1ST"), ("self", "SELF"), ("", "EMPTY")]
    {
        assert_eq!(ident(wire, Case::ScreamingSnake), name);
    }
}

#[test]
fn features_are_what_cargo_takes() {
    for (wire, name) in [
        ("Cloud Backups", "cloud-backups"),
        ("X.509 Authentication", "x-509-authentication"),
        ("type", "type"),
        ("2fa", "n-2fa"),
        ("pets/dogs", "pets-dogs"),
    ] {
        assert_eq!(ident(wire, Case::Kebab), name);
    }
}

#[test]
fn words_are_small_and_whole() {
    assert_eq!(words("2dsphereIndexVersion"), ["2dsphere", "index", "version"]);
    assert_eq!(words("+1"), ["plus", "1"]);
    assert_eq!(words("<="), ["less", "than", "or", "equal"]);
    assert_eq!(words(""), ["empty"]);
}

#[test]
fn a_long_name_is_cut_at_a_word_and_told_apart() {
    let [one, two] = ["one", "two"].map(|end| format!("{}{end}", "lorem ipsum ".repeat(20)));
    let name = ident(&one, Case::Snake);
    assert!(name.len() <= 120, "{name}");
    assert!(name.starts_with("lorem_ipsum_lorem") && name.contains("_ipsum_x"), "{name}");
    assert_ne!(name, ident(&two, Case::Snake));
    assert!(ident(&"a".repeat(500), Case::Pascal).len() <= 120);
}

#[test]
fn digests_never_change() {
    assert_eq!(digest(""), "x4fd0bfc1");
    assert_eq!(digest("a-b"), "xe27efb9a");
}

/// What rustc warns about, for ASCII names (rustc_lint, nonstandard_style).
fn assert_quiet(name: &str, case: Case) {
    let bare = name.strip_prefix("r#").unwrap_or(name).trim_matches('_');
    match case {
        Case::Snake => {
            assert!(!bare.contains(|c: char| c.is_ascii_uppercase()), "{name}");
            assert!(!bare.contains("__"), "{name}");
        }
        Case::Pascal => {
            assert!(!bare.starts_with(|c: char| c.is_ascii_lowercase()), "{name}");
            let cased = |c: u8| c.is_ascii_alphabetic();
            let torn = bare.as_bytes().windows(2).any(|pair| {
                (cased(pair[0]) && pair[1] == b'_') || (pair[0] == b'_' && cased(pair[1]))
            });
            assert!(!torn && !bare.contains("__"), "{name}");
        }
        Case::ScreamingSnake => {
            assert!(!bare.contains(|c: char| c.is_ascii_lowercase()), "{name}");
        }
        Case::Kebab => unreachable!("no identifier"),
    }
}

fn check_any(wire: &str) {
    for case in [Case::Snake, Case::Pascal, Case::ScreamingSnake] {
        let name = ident(wire, case);
        assert!(syn::parse_str::<syn::Ident>(&name).is_ok(), "{wire:?}: {name}");
        assert_ne!(name, "_");
        assert_eq!(name, ident(wire, case));
        if name.is_ascii() {
            assert_quiet(&name, case);
            assert!(name.len() <= 122, "{wire:?}: {name}");
        }
    }
}

#[test]
fn the_table_is_quiet() {
    TABLE.iter().for_each(|(wire, ..)| check_any(wire));
}

proptest! {
    #[test]
    fn any_text_is_an_identifier(wire in any::<String>()) {
        check_any(&wire);
    }

    #[test]
    fn any_ascii_text_is_an_identifier(wire in "[ -~\t\n]{0,40}") {
        check_any(&wire);
    }

    #[test]
    fn any_mixture_is_an_identifier(wire in "[aAsSzé1٣ßǰİ名😀\u{301}\u{200D}_$@+<>=!'.-]{0,12}") {
        check_any(&wire);
    }

    #[test]
    fn any_long_text_is_an_identifier(wire in "[a-zA-Z0-9 _-]{100,300}") {
        check_any(&wire);
    }

    #[test]
    fn a_name_is_its_own_name(wire in "[a-z][a-z0-9]{0,8}(_[a-z][a-z0-9]{0,8}){0,3}") {
        let name = ident(&wire, Case::Snake);
        prop_assert_eq!(name.trim_start_matches("r#").trim_end_matches('_'), wire);
    }
}
