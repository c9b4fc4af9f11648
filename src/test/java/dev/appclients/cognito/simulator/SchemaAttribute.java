package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/** One attribute of a pool's users. Custom ones carry the prefix {@code custom:} in their name. */
public record SchemaAttribute(String name, String type, boolean mutable, boolean required) {

    static final List<SchemaAttribute> STANDARD = standard();

    JsonNode json() {
        return Json.object()
                .put("Name", name)
                .put("AttributeDataType", type)
                .put("DeveloperOnlyAttribute", false)
                .put("Mutable", mutable)
                .put("Required", required);
    }

    private static List<SchemaAttribute> standard() {
        var texts = Stream.of(
                        "name given_name family_name middle_name nickname preferred_username profile picture website"
                                + " email gender birthdate zoneinfo locale phone_number address identities")
                .flatMap(names -> Stream.of(names.split(" ")))
                .map(name -> new SchemaAttribute(name, "String", true, false));
        var others = Stream.of(
                new SchemaAttribute("sub", "String", false, true),
                new SchemaAttribute("email_verified", "Boolean", true, false),
                new SchemaAttribute("phone_number_verified", "Boolean", true, false),
                new SchemaAttribute("updated_at", "Number", true, false));
        return Stream.concat(others, texts).toList();
    }
}
