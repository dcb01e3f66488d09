//! Every kind of diagnostic there is, with its explanation.

use std::fmt;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+) => {
        /// The kind of a diagnostic. Its name is stable: configuration and reports refer to it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code, in the order of the pipeline.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)+];

            /// The name in listings, reports and configuration: `duplicate-parameter`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)+ }
            }

            /// The code with this name.
            pub fn from_name(name: &str) -> Option<Code> {
                Code::ALL.iter().copied().find(|code| code.name() == name)
            }

            /// What it means, what the generator does and what to do, in Markdown.
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$variant => concat!($($doc, "\n",)+),)+ }
            }
        }
    };
}

codes! {
    /// The file is neither YAML nor JSON that can be read.
    ///
    /// The place is where the parser gave up. Mend the syntax there; often the cause is a line above.
    Syntax = "syntax",
    /// The file has no value in it: it is empty, or nothing but comments.
    ///
    /// Nothing is generated. Check that it is the right file and that it was saved.
    EmptyDocument = "empty-document",
    /// Sequences and mappings are nested more than 120 levels deep.
    ///
    /// Nothing is read beyond that, so that no file can exhaust the stack; real documents stay below 40 levels. Move inner
    /// schemas to `components` and refer to them with `$ref`.
    NestingTooDeep = "nesting-too-deep",
    /// A YAML file holds several documents, divided by `---`.
    ///
    /// One file describes one API, so nothing is generated. Keep each document in a file of its own.
    MultipleDocuments = "multiple-documents",
    /// A key stands twice in the same mapping.
    ///
    /// YAML and JSON leave open which one counts, and tools differ, so nothing is generated. Remove or rename one of them.
    DuplicateKey = "duplicate-key",
    /// The key of a YAML mapping is a sequence or a mapping.
    ///
    /// OpenAPI's keys are strings, so nothing is generated. Numbers, dates and booleans are read as the text they are written
    /// in: `200:` is the same as `"200":`. Often the cause is a `{template}` without quotes round it.
    ComplexKey = "complex-key",
    /// A YAML merge key, `<<`, has a value that cannot be merged.
    ///
    /// `<<` stands for the members of a mapping, or of each mapping in a sequence. Nothing is generated. Write `"<<"`, in
    /// quotes, if a member with that name is meant.
    MergeKey = "merge-key",
    /// A YAML alias stands inside the very value it refers to.
    ///
    /// The value would have no end, so nothing is generated. Recursion is written with `$ref` to a component.
    SelfAlias = "self-alias",
    /// YAML aliases multiply the document to many times the size of its text.
    ///
    /// Nothing is generated, since such a file is a known way to exhaust a machine's memory. Thousands of aliases of small
    /// values are no problem; use `$ref` to components in place of nested aliases.
    AliasExpansion = "alias-expansion",
    /// A value has a YAML tag, such as `!name` or `!!binary`, that JSON knows nothing of.
    ///
    /// The tag is ignored and the value is read as if it had none. Remove the tag.
    YamlTag = "yaml-tag",

    // -- overlay --
    /// The file reads well but is no overlay: it has no `overlay` member with a version.
    ///
    /// Nothing is generated. Check that the right file is named as an overlay; a document of OpenAPI is named as `spec`.
    NotAnOverlay = "not-an-overlay",
    /// The overlay says it is written in a version of the Overlay Specification that is not understood.
    ///
    /// Versions 1.0 and 1.1 are read. Nothing is generated.
    UnsupportedOverlayVersion = "unsupported-overlay-version",
    /// An object of an overlay lacks a member it must have, has one that is not known, or one of the wrong kind.
    ///
    /// Nothing is generated, for a change that was meant would be lost. Mend it as the Overlay Specification's table for that
    /// object says; members of one's own begin with `x-`.
    MalformedOverlay = "malformed-overlay",
    /// The `target` or `copy` of an overlay's action is no JSONPath expression.
    ///
    /// JSONPath is what RFC 9535 says it is; extensions that some tools have are not understood. Nothing is generated. Names with
    /// other characters than letters, digits and `_` stand in brackets and quotes: `$.paths['/pets']['x-name']`.
    InvalidJsonPath = "invalid-json-path",
    /// The `target` of an overlay's action matches nothing in the document.
    ///
    /// The Overlay Specification would pass over it. Here nothing is generated: most often the document has changed and the action
    /// no longer does what it was written for. Correct the target or remove the action.
    UnmatchedTarget = "unmatched-target",
    /// The `copy` of an overlay's action matches nothing or several things.
    ///
    /// What is copied has to be a single value. Nothing is generated. Correct the expression.
    InvalidCopySource = "invalid-copy-source",
    /// What an overlay's action says cannot be done to what it matches: a mapping cannot be merged with a string.
    ///
    /// Mappings are merged member by member, sequences are put one behind the other, and a single value takes the place of
    /// another; the document itself can be updated but not removed. Nothing is generated. To put a value of another kind in the
    /// place of one that is there, remove that first.
    IncompatibleUpdate = "incompatible-update",
    /// The actions of the overlays make more work, or a larger document, than is good for the machine.
    ///
    /// Nothing is generated. The bounds are far beyond what overlays of real documents need; look for an expression with several
    /// `..`, or an update of very many places.
    OverlayTooCostly = "overlay-too-costly",
    /// An action of an overlay removes what it matches, and says in `update` or `copy` what else to do with it.
    ///
    /// The Overlay Specification says that these have no impact then: what is matched is removed. Write an action for each if both
    /// were meant.
    UpdateOfRemoved = "update-of-removed",
    /// The `extends` of an overlay names another file than the document it is applied to.
    ///
    /// It is applied all the same. Check that it is the right overlay.
    OtherDocument = "other-document",

    // -- dialect, schema, resolve --
    /// The file reads well but does not describe an API: it has no `openapi` member with a version.
    ///
    /// Nothing is generated. Check that the right file is named; a fragment has to be referred to from a whole document.
    NotOpenApi = "not-openapi",
    /// The document says it is written in a version of OpenAPI that is not understood.
    ///
    /// OpenAPI 3.0, 3.1 and 3.2 and Swagger 2.0 are read. Convert an older document first.
    UnsupportedVersion = "unsupported-version",
    /// A Swagger 2.0 document says something that OpenAPI 3 has no words for: a list with tabs between its items, a scheme of sockets.
    ///
    /// The message says what the client does in its place.
    NoCounterpart = "no-counterpart",
    /// A Swagger 2.0 document does not say the media type of a body, or says one that the body cannot have: an object in
    /// `application/x-tar`, fields of a form in `application/json`.
    ///
    /// The message says which one the client takes. In 2.0, `consumes` and `produces` hold for all bodies of an operation; say them there.
    AssumedMediaType = "assumed-media-type",
    /// An object of the document lacks a member it must have, or a member has a value of the wrong kind.
    ///
    /// The place is the smallest object that could not be read. Mend it as the specification's table for that object says.
    MalformedObject = "malformed-object",
    /// A schema keyword has a value of the wrong kind.
    ///
    /// The keyword cannot be given a meaning, so no client is generated. Mend the value.
    MalformedSchema = "malformed-schema",
    /// A member has a value that it cannot have, and the client can do without it: `required: optional`, a discriminator's value that leads
    /// to no schema.
    ///
    /// It is ignored. Correct it or take it out; the message says what is wanted.
    IgnoredValue = "ignored-value",
    /// Null is allowed in the spelling of another OpenAPI version: a type list in 3.0, or `nullable` in 3.1 and later.
    ///
    /// Both spellings are understood under every version and mean the same here; other tools reject or ignore one of them.
    /// Write `nullable: true` in a 3.0 document and `type: [..., 'null']` in a later one.
    NullSpelling = "null-spelling",
    /// A schema is spelt in a way that its version of OpenAPI does not have and that can mean one thing only: `type: String`, `type: bool`,
    /// or Swagger 2.0's `type: file` and `discriminator: kind` in a later document. So is `required: 'true'` of a parameter, and an
    /// `itemSchema` of `text/event-stream` that describes the data of an event and not the event.
    ///
    /// It is read as what it means. Other tools refuse it; write what the message says.
    SchemaSpelling = "schema-spelling",
    /// An operation declares no responses at all.
    ///
    /// The client treats every 2XX answer as a success without a body. Declare at least the success response.
    MissingResponses = "missing-responses",
    /// An object of the document has a member that OpenAPI does not define, or that only Swagger 2.0 or only OpenAPI 3 does; or one stands
    /// beside a `$ref`, where none counts.
    ///
    /// It is ignored. It is often a misspelling, of a method for instance; extensions have to start with `x-`. `clientsmith keywords` lists
    /// all that there are.
    UnknownMember = "unknown-member",
    /// The document has members that say nothing a client is made of: examples, contacts, comments.
    ///
    /// One note stands for all places of a member. Nothing has to be done.
    PassedOver = "passed-over",
    /// A schema has a keyword that no version of OpenAPI or JSON Schema defines.
    ///
    /// It is ignored. It is often a misspelling; extensions have to start with `x-`.
    UnknownKeyword = "unknown-keyword",
    /// A keyword restricts values in a way that the client neither checks nor expresses in a type, or restricts nothing as it is written.
    ///
    /// The value is sent and read without the check, and the server decides. Nothing has to be done, but for what is misspelt.
    KeywordNotEnforced = "keyword-not-enforced",
    /// A `format` or a `contentEncoding` is none that the client knows for values of this type.
    ///
    /// The value is what it is without: text, or a number. Nothing has to be done; `x-rust-type` gives it a type of your own.
    UnknownFormat = "unknown-format",
    /// A `$ref` points to something that the document does not have.
    ///
    /// In a schema it stands for any JSON value then, and a header of an answer is taken for text. Without a parameter, a body or an answer
    /// that is referred to, nothing is generated, nor where an overlay has put the `$ref` there. Correct the pointer or add its target.
    DanglingReference = "dangling-reference",
    /// A `$ref` leads back to itself through nothing but other `$ref`s, so it stands for no shape.
    ///
    /// Nothing is generated. Give one of the places in the circle a schema of its own.
    ReferenceCycle = "reference-cycle",
    /// A `$ref` leads to another file that is not read.
    ///
    /// Nothing is generated. Files are read beside the document and below: `--root DIR`, or `root` below `[references]` in the
    /// configuration, lets references lead into another directory; what leads out of that by `..` or a symbolic link is never read.
    /// From the network nothing is read either; `clientsmith vendor` fetches what the configuration allows once, into a directory.
    /// What an overlay adds may refer to the document and to files that this refers to itself.
    ExternalReference = "external-reference",
    /// A `$ref` stands where OpenAPI has none, or beside members that what it leads to has too, or lacks its `#`: `/definitions/pet`, `pet`.
    ///
    /// What it leads to is taken in its place, and what stands beside the `$ref` goes before it. Other tools may ignore one of them.
    ReferenceSpelling = "reference-spelling",
    /// References multiply the document to many times its size: path items that are taken in at very many places.
    ///
    /// Nothing is generated, since such a document could exhaust the machine's memory.
    ReferenceExpansion = "reference-expansion",
    /// The document says something that is not part of the client yet.
    ///
    /// It is passed over; everything else is generated.
    NotGenerated = "not-generated",
    /// A link leads to no operation of the client, or gives a parameter what cannot be had from the answer: an expression that is not
    /// understood, a member that the answer does not have, a value of another type.
    ///
    /// A link that leads nowhere has no method; what a parameter cannot be given, the caller passes. Correct the link at the place
    /// that is shown.
    UnusableLink = "unusable-link",

    // -- words --
    /// An extension is spelt almost like a word that clientsmith knows.
    ///
    /// It is ignored, as extensions of other tools are. Correct the spelling if the word was meant; `clientsmith words`
    /// lists them all.
    UnknownWord = "unknown-word",
    /// A word that clientsmith knows stands where it has no meaning.
    ///
    /// It is ignored. `clientsmith words` says where each word belongs.
    MisplacedWord = "misplaced-word",
    /// A word that clientsmith knows has a value that it cannot have: of the wrong type, without a member it must have, or
    /// with one it does not know.
    ///
    /// Nothing is generated, since what the author asked for would be lost in silence. The place is the value itself;
    /// `clientsmith words` shows what each word takes.
    InvalidWord = "invalid-word",
    /// A word refers by name to something that the document does not have: a component, an operation, a pagination style,
    /// a filter grammar or one of its operators, an event, a resource type, a value to sort by.
    ///
    /// Nothing is generated. Correct the name or add what it names.
    DanglingWord = "dangling-word",
    /// A word that clientsmith knows is spelt well and stands where it may, and changes nothing: it needs the profile `json-api`, a
    /// schema of another kind, or a parameter that the operation does not have.
    ///
    /// The client is what it would be without the word. The message says what is missing; add that or remove the word.
    WordWithoutEffect = "word-without-effect",
    /// Several of the document's pagination styles fit the parameters of an operation that names none.
    ///
    /// The operation answers one page at a time. Name a style with `x-pagination`, or write `x-pagination: false`.
    AmbiguousPagination = "ambiguous-pagination",

    // -- lower --
    /// One operation declares the same parameter, by name and location, more than once.
    ///
    /// The copies have equal schemas and become one parameter with the first description that says something. Remove the copies.
    DuplicateParameter = "duplicate-parameter",
    /// One operation declares the same parameter, by name and location, more than once and with different schemas.
    ///
    /// Which one holds cannot be known, so no client is generated. Keep one of them.
    ConflictingParameter = "conflicting-parameter",
    /// A path has a `{name}` for which no parameter is declared.
    ///
    /// The client takes it as a required string. Declare it with `in: path`.
    UndeclaredPathParameter = "undeclared-path-parameter",
    /// A parameter with `in: path` does not occur in its path.
    ///
    /// It cannot be sent and is left out. Correct the name in the parameter or in the path.
    UnusedPathParameter = "unused-path-parameter",
    /// A header parameter is called `Accept`, `Content-Type` or `Authorization`, or as a header of the message itself: `Host`.
    ///
    /// OpenAPI says that a definition of the first three is ignored (Parameter Object, `name`). Others, such as `Content-Length` and
    /// `Connection`, follow from what is sent and where to. The client sets all these headers itself.
    IgnoredHeaderParameter = "ignored-header-parameter",
    /// A parameter has a media type that the client cannot write, or a type that is no value of a parameter.
    ///
    /// An optional parameter is left out of its operation and can still be sent with the request builder's `query` or
    /// `header`; an operation with such a required parameter is left out of the client.
    UnsupportedParameter = "unsupported-parameter",
    /// A parameter is declared in a style that OpenAPI does not define for its place or for its type.
    ///
    /// The specification's table of styles (Parameter Object, Style Values and Style Examples) has no row for it. The client sends what
    /// is nearest, as the message says: the style that the place has by itself, `form`, JSON text inside another value, or for
    /// `deepObject` more brackets. Declare a style that the table has, or give the parameter a `content` with a media type.
    UndefinedStyle = "undefined-style",
    /// A request body has no media type at all, or a part of one has a media type that the client cannot write from a value.
    ///
    /// The operation is called without a body; the part is written by the type of its value. Add the media type, or describe the
    /// part as `format: binary`, so that the caller writes it.
    UnsupportedMediaType = "unsupported-media-type",
    /// A request body does not say whether it is required, and its method is there for it, or its schema has required members.
    ///
    /// OpenAPI has it that the body is optional then; the client takes it as an argument, since whoever leaves `required` out has most often
    /// forgotten it. Say `required: true`, or `required: false` for a setter.
    BodyWithoutRequired = "body-without-required",
    /// A body is offered in several media types.
    ///
    /// The client uses one of them: JSON if it is offered, else the first that it can read. Of a request body the caller chooses,
    /// unless the client puts it together (JSON:API).
    SeveralMediaTypes = "several-media-types",
    /// An `encoding` asks for what its property cannot have: a style that is not defined, headers in a form, parts within a part, a media
    /// type that the client cannot write, or a property that the schema does not have; or it stands where it has no meaning.
    ///
    /// It is ignored, and the value is written by its type. Correct it or leave it out.
    UnsupportedEncoding = "unsupported-encoding",
    /// A successful response to a request for data declares no content.
    ///
    /// What the server sends is unknown, so the client hands over the raw response. Declare the response's content.
    ResponseWithoutContent = "response-without-content",
    /// The document allows any value here: a schema without a type, or an object without properties.
    ///
    /// The client has a JSON value. Describe the value if more is known about it.
    UntypedValue = "untyped-value",
    /// A schema combines keywords in a way that has no type in the client yet.
    ///
    /// The client has a JSON value, which can hold everything the schema allows.
    UnsupportedSchema = "unsupported-schema",
    /// The alternatives of an `anyOf` or `oneOf` cannot be told apart by a member with a constant.
    ///
    /// On reading, the client takes the alternative that declares most of the members that are there.
    /// Give each alternative a required member with a single-value `enum`, or add a `discriminator`.
    UntaggedUnion = "untagged-union",
    /// An enumeration has a single value.
    ///
    /// It is sent by itself where it is required and does not have to be passed; on reading any text is accepted.
    SingleValueEnum = "single-value-enum",
    /// A GET, HEAD, DELETE or TRACE operation takes a request body, to which HTTP gives no meaning (RFC 9110, section 9.3).
    ///
    /// The client sends it. Servers and proxies in between may drop it.
    DeleteWithBody = "delete-with-body",
    /// Operations have no `operationId`.
    ///
    /// Their methods are named after path and HTTP method and pinned in the lock file. Add an `operationId` to choose a name.
    MissingOperationId = "missing-operation-id",
    /// An operation asks for a security scheme that `components.securitySchemes` does not have, nor is its name, from OpenAPI 3.2 on, the
    /// address of one.
    ///
    /// The alternative that names it is never used. Correct the name or add the scheme.
    UnknownSecurityScheme = "unknown-security-scheme",
    /// A security scheme is of a type that OpenAPI does not have.
    ///
    /// The caller has to send what the server wants as a header. Bearer tokens, basic authentication, other HTTP schemes
    /// with a ready value, API keys and client certificates are sent.
    UnsupportedSecurityScheme = "unsupported-security-scheme",
    /// No server is declared, or its address is relative or has variables without a default.
    ///
    /// The client has no default address: its user sets one on the builder. Declare a server with an absolute address.
    NoServer = "no-server",
    /// An address by which OAuth 2 or OpenID Connect gives tokens is none that a secret can be sent to.
    ///
    /// The client does not have the flow. Write an absolute `https` address; `http` is for the own machine only.
    UnusableTokenEndpoint = "unusable-token-endpoint",
    /// A scheme has OAuth 2's `implicit` flow, which gives tokens to browsers.
    ///
    /// The client takes a token that was had elsewhere. The flow is deprecated; `authorizationCode` is what has taken its place.
    ImplicitFlow = "implicit-flow",
    /// Two schemes that an operation asks for together are sent in the same place of the request.
    ///
    /// The specification does not say what is sent then; the client sends the first. Make them alternatives of each other.
    ConflictingCredentials = "conflicting-credentials",
    /// A parameter has the name and the place of an API key that the operation's security asks for.
    ///
    /// What a call gives for the parameter is sent, and where it gives nothing, the client's credential: one of the two, never both. A
    /// required parameter stays an argument. If all calls are to have the client's credential, leave the parameter out.
    CredentialParameter = "credential-parameter",
    /// Nothing can be called at the address of a server, or one of its variables has a default that its `enum` does not have.
    ///
    /// A server without a usable address is not in the client. Addresses are `http` or `https`, without a query and a fragment, and each
    /// `{name}` in them is declared in `variables` with a default.
    UnusableServer = "unusable-server",
    /// Operations are not in the client because the configuration does not select them.
    ///
    /// Types that only they use are not there either. Change `[select]` if something is missing.
    NotSelected = "not-selected",
    // -- name --
    /// Two items of one scope would have the same name.
    ///
    /// The later one has a number behind it. Choose a better name in the configuration.
    NameCollision = "name-collision",
    /// The configuration names something that the document does not have.
    ///
    /// Nothing is generated, since a name that was chosen would be lost in silence. Correct the key or remove the entry.
    UnusedOverride = "unused-override",
    /// The configuration gives something a name that is not a Rust identifier or is taken.
    ///
    /// Nothing is generated. Choose another name.
    InvalidName = "invalid-name",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn a_code_is_found_by_its_name() {
        assert_eq!(Code::from_name("duplicate-key"), Some(Code::DuplicateKey));
        assert_eq!(Code::from_name("DuplicateKey"), None);
    }

    #[test]
    fn names_are_unique_and_in_kebab_case() {
        for code in Code::ALL {
            assert_eq!(
                Code::from_name(code.name()),
                Some(*code),
                "`{code}` is not the only code of its name"
            );
            assert!(code.name().bytes().all(|byte| byte == b'-' || byte.is_ascii_lowercase()), "{code}");
        }
    }

    #[test]
    fn every_explanation_says_what_and_what_then() {
        for code in Code::ALL {
            let (what, then) = code.explanation().trim().split_once("\n\n").unwrap_or_default();
            assert!(!what.is_empty() && !then.is_empty(), "`{code}` explains too little");
        }
    }
}
