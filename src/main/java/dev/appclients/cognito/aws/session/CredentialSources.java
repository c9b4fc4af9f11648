package dev.appclients.cognito.aws.session;

import dev.appclients.cognito.model.Excerpt;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.thirdparty.jackson.core.JsonProcessingException;
import software.amazon.awssdk.utils.Lazy;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Reads the operator's own credentials from the sources of the SDK's default chain, in its order, and stays with the first source
 * that has any. Unlike the SDK's chain, it reports the failures of configured sources only, and keeps their causes.
 */
public final class CredentialSources implements AwsCredentialsProvider, SdkAutoCloseable {

    private static final int LONGEST_REASON = 400;
    private static final List<SdkSystemSetting> ACCESS_KEY =
            List.of(SdkSystemSetting.AWS_ACCESS_KEY_ID, SdkSystemSetting.AWS_SECRET_ACCESS_KEY);

    /** In the order of the SDK's default chain. */
    final List<Source> sources = List.of(
            new Source(
                    () -> accessKey(setting -> System.getProperty(setting.property()) != null, "system properties"),
                    SystemPropertyCredentialsProvider::create),
            new Source(
                    () -> accessKey(setting -> System.getenv(setting.environmentVariable()) != null, "environment"),
                    EnvironmentVariableCredentialsProvider::create),
            new Source(CredentialSources::webIdentity, WebIdentityTokenFileCredentialsProvider::create),
            new Source(CredentialSources::profile, ProfileCredentialsProvider::create),
            new Source(CredentialSources::containerEndpoint, ContainerCredentialsProvider.builder()::build),
            // Needs no configuration, so its failure counts only if no other source is configured.
            new Source(Optional::empty, InstanceProfileCredentialsProvider::create));

    private volatile @Nullable Source current;

    /**
     * Resolves the credentials, from the first source that has any.
     *
     * @throws SdkException if no source has credentials; the message names each configured source and its failure, in one line
     */
    @Override
    public AwsCredentials resolveCredentials() {
        Source known = current;
        List<String> failures = new ArrayList<>();
        String last = "";
        for (Source source : known == null ? sources : List.of(known)) {
            try {
                AwsCredentials credentials = source.provider().getValue().resolveCredentials();
                current = source;
                return credentials;
            } catch (RuntimeException e) {
                String reason = reason(e);
                source.name().get().map(name -> name + ": " + reason).ifPresent(failures::add);
                last = reason;
            }
        }
        throw SdkClientException.create(
                !failures.isEmpty()
                        ? String.join("; ", failures)
                        : (known == null ? "no source is configured; " : "") + "EC2 instance metadata: " + last);
    }

    @Override
    public void close() {
        sources.stream()
                .map(Source::provider)
                .filter(Lazy::hasValue)
                .map(Lazy::getValue)
                .filter(SdkAutoCloseable.class::isInstance)
                .forEach(provider -> ((SdkAutoCloseable) provider).close());
    }

    private static Optional<String> accessKey(Predicate<SdkSystemSetting> isSet, String place) {
        return ACCESS_KEY.stream().anyMatch(isSet) ? Optional.of("access key in the " + place) : Optional.empty();
    }

    private static Optional<String> webIdentity() {
        return SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE
                .getStringValue()
                .map(file -> "web identity token file " + file);
    }

    private static Optional<String> profile() {
        String name = ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow();
        boolean configured =
                ProfileFileSystemSetting.AWS_PROFILE.getNonDefaultStringValue().isPresent();
        try {
            configured |= ProfileFile.defaultProfileFile().profile(name).isPresent();
        } catch (IllegalArgumentException malformed) {
            configured = true;
        }
        return configured ? Optional.of("profile '" + name + "'") : Optional.empty();
    }

    private static Optional<String> containerEndpoint() {
        return SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI
                .getStringValue()
                .or(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI::getStringValue)
                .map(uri -> "container credentials endpoint " + uri);
    }

    private static String reason(RuntimeException e) {
        Throwable root = Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
                .limit(16)
                .reduce(e, (outer, inner) -> inner);
        return switch (root) {
            case NoSuchFileException missing -> "there is no file " + missing.getFile();
            case AwsServiceException refusal
            when refusal.awsErrorDetails() != null ->
                oneLine(refusal.awsErrorDetails().errorMessage());
            case SdkException failure -> oneLine(failure.rawMessage());
            // The parser's message may quote the credentials.
            case JsonProcessingException unreadable -> "the answer cannot be read";
            default -> oneLine(root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage());
        };
    }

    private static String oneLine(@Nullable String words) {
        String line = String.valueOf(words).lines().map(String::strip).collect(Collectors.joining(" "));
        return Excerpt.of(line.endsWith(".") ? line.substring(0, line.length() - 1) : line, LONGEST_REASON);
    }

    /**
     * One provider of the SDK.
     *
     * @param name for messages; empty where the source is not configured
     * @param provider created on first use: the provider for web identity opens a client of STS
     */
    record Source(Supplier<Optional<String>> name, Lazy<AwsCredentialsProvider> provider) {

        Source(Supplier<Optional<String>> name, Supplier<AwsCredentialsProvider> provider) {
            this(name, new Lazy<>(provider));
        }
    }
}
