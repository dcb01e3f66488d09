# A document of so many kinds of things as JSON: `awk -v things=50 -f benches/synthetic.awk`.
#
# Each thing has a tag, five operations, a component and inline schemas of its own, is a part of another, and knows the next, so that
# every type leads to every other, as in documents with expandable members. Twice as many things are twice as much of all of that.

function ref(kind, name) { return "{\"$ref\": \"#/components/" kind "/" name "\"}" }
function json(schema) { return "\"content\": {\"application/json\": {\"schema\": " schema "}}" }
function answer(status, what, schema) { return "\"" status "\": {\"description\": \"" what "\", " json(schema) "}" }
function problem() { return answer("default", "Anything else.", ref("schemas", "problem")) }
function text(what) { return "{\"type\": \"string\", \"description\": \"" what "\"}" }

# An operation on the thing `n`: what comes after its head.
function operation(method, name, n, what, rest) {
    return sprintf("    \"%s\": {\"operationId\": \"%s_%d\", \"tags\": [\"group %d\"], \"summary\": \"%s %d\", %s}",
        method, name, n, n, what, n, rest)
}

function paths(n, last,    thing, id, body) {
    thing = ref("schemas", "thing_" n)
    id = "\"parameters\": [{\"name\": \"id\", \"in\": \"path\", \"required\": true, \"schema\": {\"type\": \"string\"}}]"
    body = "\"requestBody\": {\"required\": true, " json("{\"type\": \"object\", \"required\": [\"name\"], \"properties\": {" \
        "\"name\": " text("What it is called.") ", \"note\": {\"type\": \"string\", \"nullable\": true}, \"parent\": " \
        text("The id of the thing it is a part of.") "}}") "}"
    printf "  \"/things_%d\": {\n%s,\n%s\n  },\n", n, \
        operation("get", "list", n, "Lists things of kind", "\"parameters\": [{\"name\": \"limit\", \"in\": \"query\", " \
            "\"schema\": {\"type\": \"integer\"}}], \"responses\": {" answer(200, "A page.", \
            "{\"type\": \"object\", \"properties\": {\"data\": {\"type\": \"array\", \"items\": " thing "}}}") ", " problem() "}"), \
        operation("post", "create", n, "Makes a thing of kind", body ", \"responses\": {" answer(201, "It.", thing) ", " problem() "}")
    printf "  \"/things_%d/{id}\": {\n    %s,\n%s,\n%s,\n%s\n  }%s\n", n, id, \
        operation("get", "read", n, "Tells of a thing of kind", "\"responses\": {" answer(200, "It.", thing) ", " problem() "}"), \
        operation("patch", "update", n, "Changes a thing of kind", body ", \"responses\": {" answer(200, "It.", thing) ", " problem() "}"), \
        operation("delete", "remove", n, "Removes a thing of kind", "\"responses\": {\"204\": {\"description\": \"Gone.\"}, " problem() "}"), \
        last ? "" : ","
}

function schema(n, next_one) {
    printf "    \"thing_%d\": {\"type\": \"object\", \"description\": \"A thing of kind %d, with all that is known of it.\",\n", n, n
    printf "      \"required\": [\"id\", \"name\"], \"properties\": {\n"
    printf "        \"id\": %s, \"name\": %s,\n", text("Which one it is."), text("What it is called.")
    printf "        \"state_%d\": {\"type\": \"string\", \"enum\": [\"new_%d\", \"open_%d\", \"closed_%d\"]},\n", n, n, n, n
    printf "        \"size_%d\": {\"type\": \"object\", \"properties\": {\"width_%d\": {\"type\": \"number\"}, \"height_%d\": {\"type\": \"number\"}}},\n", n, n, n
    printf "        \"marks\": {\"type\": \"array\", \"items\": {\"type\": \"string\"}}, \"created_at\": {\"type\": \"string\", \"format\": \"date-time\"},\n"
    printf "        \"next\": %s,\n", ref("schemas", "thing_" next_one)
    printf "        \"part_of\": {\"anyOf\": [{\"type\": \"string\"}, %s]}}},\n", ref("schemas", "thing_" int(n / 2))
}

BEGIN {
    print "{\"openapi\": \"3.0.3\", \"info\": {\"title\": \"Synthetic\", \"version\": \"1\"}, \"servers\": [{\"url\": \"https://example.com\"}],"
    print "\"paths\": {"
    for (n = 0; n < things; n++) paths(n, n == things - 1)
    print "},\n\"components\": {\"schemas\": {"
    for (n = 0; n < things; n++) schema(n, (n + 1) % things)
    printf "    \"problem\": {\"type\": \"object\", \"properties\": {\"title\": %s}}\n}}}\n", text("What is wrong.")
}
