//! `GET /api/openapi.json`: the description names what the server answers.

use aplodi::http::problem_kind::ProblemKind;
use harness::on_test_server;
use serde_json::{Value, json};

on_test_server!(describes_the_api, |server| {
    let address = format!("{}/api/openapi.json", server.base);
    let document: Value = server.http.get(address).send().await.expect("an answer").json().await.expect("JSON");
    assert!(document["openapi"].as_str().expect("a version").starts_with("3."));
    let table = aplodi::http::routes::Routes::all(server.state.clone());
    let paths = document["paths"].as_object().expect("paths");
    for route in table.table().iter().filter(|route| route.path.starts_with("/api/v1/")) {
        let method = route.method.as_str().to_lowercase();
        assert!(paths.get(route.path).is_some_and(|path| path.get(&method).is_some()), "{method} {}", route.path);
    }
    for (path, operations) in paths {
        for operation in operations.as_object().expect("operations").values() {
            let responses = operation["responses"].as_object().expect("responses");
            // A tablet that is not paired yet is nobody, and may ask all the same.
            let needs_token = !path.starts_with("/api/v1/kiosk/pairings");
            assert!(responses.contains_key("503") && responses.contains_key("401") == needs_token, "{path}");
            for parameter in operation["parameters"].as_array().unwrap_or(&Vec::new()) {
                let name = parameter["name"].as_str().expect("a name");
                let in_path = path.contains(&format!("{{{name}}}"));
                assert_eq!(parameter["in"], if in_path { "path" } else { "query" }, "{path} {name}");
            }
            for (status, response) in responses.iter().filter(|(status, _)| status.starts_with(['4', '5'])) {
                let schema = &response["content"]["application/problem+json"]["schema"];
                assert_eq!(schema["$ref"], "#/components/schemas/Problem", "{path} {status}");
            }
        }
    }
    assert_eq!(paths.len(), 17, "and nothing that is not there");
    let call = &document["webhooks"]["kiosk"]["post"]["requestBody"]["content"]["application/json"]["schema"];
    assert_eq!(call["$ref"], "#/components/schemas/WebhookPayload");
    for schema in ["Problem", "WebhookPayload", "WebhookEvent", "WebhookKiosk", "WebhookVenue"] {
        assert!(document["components"]["schemas"][schema].is_object(), "{schema}");
    }
    let told: Vec<String> = ProblemKind::ALL.into_iter().map(ProblemKind::urn).collect();
    assert_eq!(document["components"]["schemas"]["ProblemKind"]["enum"], json!(told), "every kind is documented");
    assert_eq!(document["components"]["securitySchemes"]["kiosk"]["scheme"], "bearer");
});
