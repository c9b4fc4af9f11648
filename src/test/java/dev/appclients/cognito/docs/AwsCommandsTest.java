package dev.appclients.cognito.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The commands of the AWS CLI on the pages name operations and options that exist. The CLI derives both from the names in the SDK. */
class AwsCommandsTest {

    private static final Pattern COMMAND = Pattern.compile(
            "(?:\\baws (?:--endpoint-url \\S+ )?|\\bsimaws )([a-z-]+) ([a-z]+-[a-z-]+)((?:\\\\\\n|[^`\\n|])*)");
    private static final Pattern OPTION = Pattern.compile("(?<= )--([a-z-]+)");
    private static final Set<String> OF_THE_CLI = Set.of("query", "output", "region", "endpoint-url", "max-items");
    private static final Map<String, Class<?>> CLIENTS =
            Map.of("cognito-idp", CognitoIdentityProviderClient.class, "sts", StsClient.class);

    /** Operations of services that the operator does not use, so their SDKs are absent. */
    private static final Map<String, Set<String>> OTHERS = Map.of(
            "iam simulate-principal-policy", Set.of("policy-source-arn", "action-names"),
            "iam create-role", Set.of("role-name", "assume-role-policy-document"),
            "iam put-role-policy", Set.of("role-name", "policy-name", "policy-document"),
            "eks create-addon", Set.of("cluster-name", "addon-name"),
            "eks create-pod-identity-association", Set.of("cluster-name", "namespace", "service-account", "role-arn"),
            "eks describe-cluster", Set.of("name"),
            "iam list-open-id-connect-providers", Set.of());

    /** A command, and the page that contains it. */
    record Command(Path page, String service, String operation, List<String> options) {
        @Override
        public String toString() {
            return page.getFileName() + ": aws " + service + " " + operation + " " + options;
        }
    }

    static List<Command> commands() throws IOException {
        try (Stream<Path> files =
                Stream.of(Path.of("src/docs"), Path.of("deploy")).flatMap(AwsCommandsTest::walk)) {
            return Stream.concat(Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")), files)
                    .filter(file -> file.toString().matches(".*\\.(md|txt|sh)"))
                    .flatMap(AwsCommandsTest::commandsOf)
                    .distinct()
                    .toList();
        }
    }

    private static Stream<Path> walk(Path directory) {
        try {
            return Files.walk(directory).filter(Files::isRegularFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Command> commandsOf(Path page) {
        try {
            return COMMAND.matcher(Files.readString(page))
                    .results()
                    .map(found -> new Command(
                            page,
                            found.group(1),
                            found.group(2),
                            OPTION.matcher(found.group(3))
                                    .results()
                                    .map((MatchResult option) -> option.group(1))
                                    .toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theOperationAndItsOptionsExist(Command command) throws ReflectiveOperationException {
        Set<String> known = OTHERS.get(command.service() + " " + command.operation());
        if (known == null) {
            assertThat(CLIENTS).as("services").containsKey(command.service());
            known = options(CLIENTS.get(command.service()), command.operation());
        }

        assertThat(command.options())
                .filteredOn(option -> !OF_THE_CLI.contains(option))
                .isSubsetOf(known);
    }

    @Test
    void theCommandsAreFound() throws IOException {
        assertThat(commands())
                .hasSizeGreaterThan(25)
                .anyMatch(command -> command.operation().equals("simulate-principal-policy"))
                .anyMatch(command -> command.operation().equals("delete-user-pool-client-secret")
                        && command.options().contains("client-secret-id"));
    }

    /** The members of the request, in the words of the CLI. */
    private static Set<String> options(Class<?> client, String operation) throws ReflectiveOperationException {
        String name = Stream.of(operation.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        Class<?> request = Class.forName(client.getPackageName() + ".model." + name + "Request");
        Object builder = request.getMethod("builder").invoke(null);
        SdkPojo built = (SdkPojo) Class.forName("software.amazon.awssdk.utils.builder.SdkBuilder")
                .getMethod("build")
                .invoke(builder);
        return built.sdkFields().stream()
                .map(SdkField::memberName)
                .map(member -> member.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }
}
