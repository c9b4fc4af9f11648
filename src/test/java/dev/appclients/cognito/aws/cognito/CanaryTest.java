package dev.appclients.cognito.aws.cognito;

import static dev.appclients.cognito.aws.cognito.CognitoAppClientsTest.failure;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.SHOP;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.model.AddedSecret;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.simulator.Switch;
import dev.appclients.cognito.status.FailureText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** The secret of a client appears in no log, string or exception of this package. */
class CanaryTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/shop";

    private static final List<String> QUOTING = List.of(
            "InvalidParameterException",
            "ValidationException",
            "ResourceNotFoundException",
            "LimitExceededException",
            "AccessDeniedException",
            "NotAuthorizedException",
            "TooManyRequestsException",
            "InternalServerException",
            "SomethingNew");

    @Test
    void noSecretIsInAnyLogAtAnyLevelNorInAnyStringOrException() {
        Trace trace = new Trace();
        Logger root = Logger.getLogger("");
        List<Logger> loggers =
                List.of(root, Logger.getLogger("software.amazon.awssdk"), Logger.getLogger("org.apache.hc"));
        List<Level> levels = loggers.stream().map(Logger::getLevel).toList();
        loggers.forEach(logger -> logger.setLevel(Level.ALL));
        root.addHandler(trace);
        List<Object> seen = new ArrayList<>();
        List<String> canaries = new ArrayList<>();
        try (var cognito = new SimulatedCognito()) {
            cognito.simulator.access().role(ROLE);
            PoolAccess access = new PoolAccess(SHOP, ROLE, null, "shop");
            AppClient created = cognito.appClients.create(access, settings("web"), true, () -> true);
            canaries.add(created.secret().reveal());
            String id = created.clientId();
            seen.add(created);
            seen.add(created.secret());
            seen.add(cognito.appClients.describe(access, id, Priority.USER));
            seen.add(cognito.appClients.update(access, id, settings("web"), () -> true));
            cognito.simulator.faults().on("DescribeUserPoolClient").times(1).dropAfterCommit();
            seen.add(failure(() -> cognito.appClients.describe(access, id, Priority.USER)));
            cognito.simulator.changeClient(SHOP.value(), id, Map.of("AccessTokenValidity", "not a number"));
            try {
                cognito.appClients.describe(access, id, Priority.USER);
            } catch (RuntimeException e) {
                seen.add(stackTrace(e));
            }
            canaries.addAll(secrets(cognito, access, seen));
            seen.addAll(cognito.heard);
        } finally {
            root.removeHandler(trace);
            for (int i = 0; i < loggers.size(); i++) {
                loggers.get(i).setLevel(levels.get(i));
            }
        }
        assertThat(trace.lines)
                .as("the test records the SDK's debug log")
                .anyMatch(line -> line.contains("Sending Request"));
        assertThat(trace.lines)
                .as("the test records the refusals that the SDK logs")
                .anyMatch(line -> line.contains("InvalidParameterException: Cognito refuses the value"));
        assertThat(canaries).hasSize(3).allSatisfy(secret -> {
            assertThat(trace.lines).noneMatch(line -> line.contains(secret));
            assertThat(seen).extracting(Object::toString).noneMatch(line -> line.contains(secret));
        });
        assertThat(trace.lines).as("digests of bodies").noneMatch(line -> line.contains("Canonical Request"));
    }

    /** Adds a generated and a supplied secret; then Cognito quotes the supplied value in each kind of refusal. */
    private static List<String> secrets(SimulatedCognito cognito, PoolAccess access, List<Object> seen) {
        AppClients clients = cognito.appClients;
        String id =
                clients.create(access, settings("rotated"), true, () -> true).clientId();
        AddedSecret generated = clients.addSecret(access, id, null, () -> true);
        seen.add(generated);
        seen.add(clients.listSecrets(access, id, Priority.USER));
        clients.deleteSecret(access, id, generated.secret().id(), () -> true);
        ClientSecret supplied = new ClientSecret("canarysecretvalue0123456789abcdefABCDEF0123456789");
        cognito.simulator.switches().set(Switch.SUPPLIED_SECRETS_REFUSED, true);
        seen.add(failure(() -> clients.addSecret(access, id, supplied, () -> true)));
        cognito.simulator.switches().set(Switch.SUPPLIED_SECRETS_REFUSED, false);
        String quoted = "Value '" + supplied.reveal() + "' at 'clientSecret' is wrong";
        for (String code : QUOTING) {
            cognito.simulator
                    .faults()
                    .on("AddUserPoolClientSecret")
                    .times(1)
                    .failBeforeCommit(code, code.contains("Internal") ? 500 : 400, quoted);
            Failure failure = failure(() -> clients.addSecret(access, id, supplied, () -> true));
            seen.add(failure);
            seen.add(FailureText.message(failure, SHOP.value()));
        }
        cognito.simulator.faults().on("AddUserPoolClientSecret").times(1).dropBeforeCommit();
        seen.add(failure(() -> clients.addSecret(access, id, supplied, () -> true)));
        seen.add(clients.addSecret(access, id, supplied, () -> true));
        seen.add(failure(() -> clients.addSecret(access, id, supplied, () -> true)));
        return List.of(generated.generated().reveal(), supplied.reveal());
    }

    private static String stackTrace(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private static final class Trace extends Handler {

        private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

        Trace() {
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord record) {
            StringBuilder line = new StringBuilder(String.valueOf(record.getMessage()));
            if (record.getParameters() != null) {
                for (Object parameter : record.getParameters()) {
                    line.append(' ').append(parameter);
                }
            }
            if (record.getThrown() != null) {
                line.append(stackTrace(record.getThrown()));
            }
            lines.add(line.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
