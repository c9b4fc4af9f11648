package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/** The encodings of requests and answers: JSON 1.1 for user pools, Query with XML answers for STS. */
enum Protocol {
    JSON {
        @Override
        Operation operation(Request request) {
            var target = String.valueOf(request.header("x-amz-target"));
            if (!target.startsWith(TARGET_PREFIX)) {
                throw new Refusal("UnknownOperationException", 400, "The simulator does not serve " + target + ".");
            }
            return Operation.named(target.substring(TARGET_PREFIX.length()), false);
        }

        @Override
        ObjectNode body(Request request) {
            return Json.parse(request.body());
        }

        @Override
        Answer.Reply success(Operation operation, ObjectNode result) {
            return new Answer.Reply(200, JSON_TYPE, requestId(), Json.bytes(result));
        }

        @Override
        Answer.Reply failure(Refusal refusal) {
            var body = Json.object().put("__type", refusal.type()).put("message", refusal.message());
            var headers =
                    Map.of("x-amzn-RequestId", UUID.randomUUID().toString(), "x-amzn-ErrorType", refusal.type() + ":");
            return new Answer.Reply(refusal.status(), JSON_TYPE, headers, Json.bytes(body));
        }
    },

    QUERY {
        @Override
        Operation operation(Request request) {
            return Operation.named(String.valueOf(request.form().get("Action")), true);
        }

        @Override
        ObjectNode body(Request request) {
            var body = Json.object();
            request.form().forEach(body::put);
            return body;
        }

        @Override
        Answer.Reply success(Operation operation, ObjectNode result) {
            var name = operation.wireName();
            var xml = new StringBuilder()
                    .append('<')
                    .append(name)
                    .append("Response xmlns=\"")
                    .append(STS_NAMESPACE);
            xml.append("\"><").append(name).append("Result>");
            elements(result, xml);
            xml.append("</")
                    .append(name)
                    .append("Result><ResponseMetadata><RequestId>")
                    .append(UUID.randomUUID());
            xml.append("</RequestId></ResponseMetadata></").append(name).append("Response>");
            return reply(200, xml);
        }

        @Override
        Answer.Reply failure(Refusal refusal) {
            var xml = new StringBuilder()
                    .append("<ErrorResponse xmlns=\"")
                    .append(STS_NAMESPACE)
                    .append("\"><Error><Type>");
            xml.append(refusal.status() < 500 ? "Sender" : "Receiver").append("</Type>");
            elements(Json.object().put("Code", refusal.type()).put("Message", refusal.message()), xml);
            xml.append("</Error><RequestId>").append(UUID.randomUUID()).append("</RequestId></ErrorResponse>");
            return reply(refusal.status(), xml);
        }

        private Answer.Reply reply(int status, StringBuilder xml) {
            return new Answer.Reply(
                    status, "text/xml", requestId(), xml.toString().getBytes(StandardCharsets.UTF_8));
        }

        private void elements(JsonNode object, StringBuilder xml) {
            object.properties().forEach(member -> {
                xml.append('<').append(member.getKey()).append('>');
                if (member.getValue().isObject()) {
                    elements(member.getValue(), xml);
                } else {
                    xml.append(escaped(member.getValue().asText()));
                }
                xml.append("</").append(member.getKey()).append('>');
            });
        }
    };

    private static final String TARGET_PREFIX = "AWSCognitoIdentityProviderService.";
    private static final String JSON_TYPE = "application/x-amz-json-1.1";
    private static final String STS_NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

    abstract Operation operation(Request request);

    abstract ObjectNode body(Request request);

    abstract Answer.Reply success(Operation operation, ObjectNode result);

    abstract Answer.Reply failure(Refusal refusal);

    static Protocol of(Request request) {
        return request.header("x-amz-target") == null ? QUERY : JSON;
    }

    private static Map<String, String> requestId() {
        return Map.of("x-amzn-RequestId", UUID.randomUUID().toString());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
