package dev.appclients.cognito.aws.call;

import dev.appclients.cognito.aws.Operation;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.StsException;

/** One instance of each exception class in the SDK's jars, with the message "its words". */
final class SdkExceptions {

    private SdkExceptions() {}

    static Map<String, AwsServiceException> ofCognito() {
        return oneOfEach(CognitoIdentityProviderException.class);
    }

    static Map<String, AwsServiceException> ofSts() {
        return oneOfEach(StsException.class);
    }

    /** The modelled exceptions that the SDK declares for this operation. */
    static List<String> declaredBy(Operation operation) {
        String name = operation.apiName();
        String method = Character.toLowerCase(name.charAt(0)) + name.substring(1);
        return Stream.of(CognitoIdentityProviderClient.class, StsClient.class)
                .flatMap(client -> Arrays.stream(client.getMethods()))
                .filter(candidate -> candidate.getName().equals(method))
                .map(Method::getExceptionTypes)
                .flatMap(Arrays::stream)
                .filter(SdkExceptions::isOfAModel)
                .map(Class::getSimpleName)
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean isOfAModel(Class<?> type) {
        Class<?> base = type.getSuperclass();
        return base == CognitoIdentityProviderException.class || base == StsException.class;
    }

    private static Map<String, AwsServiceException> oneOfEach(Class<?> base) {
        Map<String, AwsServiceException> all = new TreeMap<>();
        try (FileSystem jar = FileSystems.newFileSystem(Path.of(location(base)));
                Stream<Path> files =
                        Files.list(jar.getPath(base.getPackageName().replace('.', '/')))) {
            for (Path file : files.filter(name -> name.toString().endsWith("Exception.class"))
                    .toList()) {
                Class<?> type = Class.forName(base.getPackageName() + "."
                        + file.getFileName().toString().replace(".class", ""));
                if (type.getSuperclass() == base) {
                    all.put(type.getSimpleName(), one(type));
                }
            }
        } catch (IOException | ReflectiveOperationException | URISyntaxException e) {
            throw new IllegalStateException("the SDK's jar cannot be read", e);
        }
        if (all.size() < 10) {
            throw new IllegalStateException("the SDK's jar holds only " + all.keySet());
        }
        return all;
    }

    private static AwsServiceException one(Class<?> type) throws ReflectiveOperationException {
        return ((AwsServiceException.Builder) type.getMethod("builder").invoke(null))
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(type.getSimpleName())
                        .errorMessage("its words")
                        .build())
                .build();
    }

    private static URI location(Class<?> type) throws URISyntaxException {
        return type.getProtectionDomain().getCodeSource().getLocation().toURI();
    }
}
