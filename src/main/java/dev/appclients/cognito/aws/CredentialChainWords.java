package dev.appclients.cognito.aws;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The SDK answers "no credentials" with one sentence per place that it looked in. This keeps the sentences of places that
 * somebody had set up, and leaves out those that only say "not here".
 */
final class CredentialChainWords {

    private static final int LONGEST = 400;
    private static final String CHAIN = "Unable to load credentials from any of the providers in the chain";
    private static final String METADATA_SERVICE = "Failed to load credentials from metadata service";
    private static final Pattern END_OF_SENTENCE = Pattern.compile("\\.\\s*$");
    private static final Pattern NEXT_PROVIDER = Pattern.compile(", (?=\\w+Provider\\()");
    private static final Pattern END_OF_LIST = Pattern.compile("]\\s*$");
    private static final Pattern NO_FILE = Pattern.compile("(java\\.nio\\.file\\.)?NoSuchFileException: ");
    private static final Pattern PROVIDER_NAME = Pattern.compile("^\\w+Provider\\([^)]*\\): ");
    private static final List<String> NOT_SET_UP = List.of(
            "Unable to load credentials from system settings",
            "To use web identity tokens",
            "Either the environment variable AWS_WEB_IDENTITY_TOKEN_FILE",
            "Profile file contained no credentials",
            "Cannot fetch credentials from container",
            "IMDS credentials have been disabled",
            "Failed to load credentials from IMDS");

    private CredentialChainWords() {}

    /** Why there are none, in one line. */
    static String reason(SdkException e) {
        String words = reason(String.valueOf(e.getMessage()));
        String endpoint = SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI
                .getStringValue()
                .orElse("");
        // Which service that is, the sentence does not say; in a cluster it is the agent of EKS Pod Identity.
        String where = words.contains(METADATA_SERVICE) && !endpoint.isEmpty() ? " at " + endpoint : "";
        Throwable root = root(e);
        String why = e.getCause() == null || words.contains(String.valueOf(root.getMessage()))
                ? ""
                : ": " + cut(String.valueOf(root.getMessage()));
        return where.isEmpty() && why.isEmpty()
                ? words
                : END_OF_SENTENCE.matcher(words).replaceFirst("") + where + why;
    }

    private static Throwable root(Throwable e) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause)
                .limit(16)
                .reduce(e, (outer, inner) -> inner);
    }

    private static String reason(String message) {
        int list = message.indexOf(" : [");
        if (!message.startsWith(CHAIN) || list < 0) {
            return cut(message);
        }
        String sentences = NEXT_PROVIDER
                .splitAsStream(END_OF_LIST.matcher(message.substring(list + 4)).replaceFirst(""))
                .map(sentence -> PROVIDER_NAME.matcher(sentence).replaceFirst(""))
                .filter(sentence -> NOT_SET_UP.stream().noneMatch(sentence::contains))
                .collect(Collectors.joining("; "));
        return sentences.isEmpty() ? "none of the places that the AWS SDK looks in holds any" : cut(sentences);
    }

    private static String cut(String words) {
        String line = NO_FILE.matcher(words.lines().map(String::strip).collect(Collectors.joining(" ")))
                .replaceAll("there is no file ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
