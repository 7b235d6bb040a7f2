//! What a stranger might write who wants their text to be more than text.

/// Told apart by name, for messages and for the names of crates.
pub(crate) const PAYLOADS: [(&str, &str); 66] = [
    // Out of a literal, a comment or a block, and into code.
    ("quote", "\"; fn canary() {} //"),
    ("quote-escaped", "\\\"; fn canary() {} //"),
    ("raw-quote", "\"#; fn canary() {} //"),
    ("raw-quotes", "\"####; fn canary() {} //"),
    ("apostrophe", "'; fn canary() {} //"),
    ("backslash", "\\"),
    ("backslash-n", "\\n\\u{22}; fn canary() {}"),
    ("comment-end", "*/ fn canary() {} /*"),
    ("comment-start", "/* fn canary() {}"),
    ("line-comment", "// fn canary() {}"),
    ("new-line", "a\nfn canary() {}"),
    ("blank-line", "a\n\nfn canary() {}\n\n"),
    ("carriage-return", "a\rfn canary() {}"),
    ("crlf", "a\r\nfn canary() {}"),
    ("form-feed", "a\u{c}\u{b}\u{85}fn canary() {}"),
    ("line-separator", "a\u{2028}fn canary() {}\u{2029}"),
    ("brace", "} fn canary() {"),
    ("parenthesis", ") -> ! { loop {} } fn canary("),
    ("generics", "T<'static, u8>::canary"),
    ("attribute", "#[no_mangle] fn canary() {}"),
    ("inner-attribute", "#![feature(canary)]"),
    ("inner-doc", "//! canary\n//! ```\n//! panic!()\n//! ```"),
    ("macro", "include_str!(\"/etc/passwd\")"),
    ("environment", "env!(\"HOME\")"),
    ("compile-error", "compile_error!(\"canary\")"),
    ("exit", "std::process::exit(70)"),
    ("write", "std::fs::write(\"specwright-canary\", \"\").unwrap()"),
    ("macro-variable", "$crate::canary!($x)"),
    ("format", "{} {0} {x:?} {{}} %s %n"),
    ("unsafe", "unsafe { core::hint::unreachable_unchecked() }"),
    // Docs that run, render or link.
    ("fence", "```\nstd::fs::write(\"specwright-canary\", \"\").unwrap();\n```"),
    ("rust-fence", "text\n\n```rust,no_run\npanic!(\"canary\")\n```\n"),
    ("open-fence", "~~~rust\npanic!(\"canary\")"),
    ("indented", "text\n\n    std::fs::write(\"specwright-canary\", \"\").unwrap();\n"),
    ("list-indented", "- a\n\n      panic!(\"canary\")\n"),
    ("quoted-fence", "> ```rust\n> panic!(\"canary\")\n> ```"),
    ("script", "<script>canary()</script>"),
    ("image", "<img src=x onerror=canary()>"),
    ("html-comment", "<!-- canary"),
    ("code-then-html", "`a` `` <script>canary()</script>"),
    ("link", "[canary](javascript:canary())"),
    ("split-link", "[canary\n](javascript:canary())"),
    ("reference", "[canary][x]\n\n[x]: javascript:canary()"),
    ("picture", "![canary](https://example.org/canary.png)"),
    ("autolink", "<javascript:canary()>"),
    ("intra-doc", "[`std::process::exit`] [Client] [`crate::canary`]"),
    ("table", "|a|b|\n|-|-|\n|<b>canary</b>|`|`|"),
    ("entity", "&lt;script&gt;canary()&#60;/script&#62;"),
    // Into the build script's conversation with cargo, or a header of HTTP.
    ("cargo", "\ncargo::rustc-env=SPECWRIGHT_CANARY=1\ncargo::rustc-cfg=specwright_canary\n"),
    ("cargo-old", "\ncargo:rustc-cfg=specwright_canary"),
    ("header", "a\r\nX-Canary: 1\r\n\r\nGET / HTTP/1.1"),
    // Elsewhere on disk.
    ("parent", "../../../../../../tmp/specwright-canary"),
    ("absolute", "/tmp/specwright-canary"),
    ("windows", "C:\\specwright-canary"),
    ("device", "con"),
    ("module", "mod"),
    // Read otherwise than written.
    ("bidi", "a\u{202e}} fn canary() {\u{2066}"),
    ("zero-width", "a\u{200b}\u{200d}\u{feff}b"),
    ("nul", "a\0b\u{1b}[2Jc\u{7f}"),
    ("combining", "e\u{301}\u{327}"),
    (
        "script-of-another-kind",
        "\u{43f}\u{440}\u{438}\u{432}\u{435}\u{442} \u{65e5}\u{672c} \u{1f980} \u{fb01}",
    ),
    // No name at all, or somebody's already.
    ("empty", ""),
    ("punctuation", "-._~!$&'()*+,;=:@"),
    ("keyword", "Self"),
    ("prelude", "Result"),
    ("long", LONG),
];

/// Longer than a name of a file may be.
const LONG: &str = "Lorem_ipsum_dolor_sit_amet_consectetur_adipiscing_elit_sed_do_eiusmod_tempor_\
incididunt_ut_labore_et_dolore_magna_aliqua_Ut_enim_ad_minim_veniam_quis_nostrud_exercitation_\
ullamco_laboris_nisi_ut_aliquip_ex_ea_commodo_consequat_Duis_aute_irure_dolor_in_reprehenderit_in_\
voluptate_velit_esse_cillum_dolore_eu_fugiat_nulla_pariatur";
