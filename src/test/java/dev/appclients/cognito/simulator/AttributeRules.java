package dev.appclients.cognito.simulator;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules for the attributes that a client may read and write. */
final class AttributeRules {

    static final List<Rules.Rule> ALL =
            List.of(AttributeRules::readable, AttributeRules::writable, AttributeRules::requiredAreWritable);

    /** Attributes that only Cognito sets. */
    private static final Set<String> NEVER_WRITABLE = Set.of("sub", "email_verified", "phone_number_verified");

    private AttributeRules() {}

    private static void readable(Proposal proposal) {
        var known = proposal.pool().schema().stream().map(SchemaAttribute::name).collect(Collectors.toSet());
        require(known.containsAll(proposal.list(Setting.READ_ATTRIBUTES)), "read", proposal);
    }

    private static void writable(Proposal proposal) {
        boolean immutableToo = proposal.isOn(Switch.REQUIRED_IMMUTABLE_ATTRIBUTES_WRITABLE);
        var writable = proposal.pool().schema().stream()
                .filter(attribute -> attribute.mutable() || (immutableToo && attribute.required()))
                .map(SchemaAttribute::name)
                .filter(name -> !NEVER_WRITABLE.contains(name))
                .collect(Collectors.toSet());
        require(writable.containsAll(proposal.list(Setting.WRITE_ATTRIBUTES)), "write", proposal);
    }

    private static void requiredAreWritable(Proposal proposal) {
        boolean immutableToo = proposal.isOn(Switch.REQUIRED_IMMUTABLE_ATTRIBUTES_WRITABLE);
        var asked = proposal.list(Setting.WRITE_ATTRIBUTES);
        var required = proposal.pool().schema().stream()
                .filter(attribute -> attribute.required() && (attribute.mutable() || immutableToo))
                .map(SchemaAttribute::name)
                .filter(name -> !NEVER_WRITABLE.contains(name))
                .toList();
        require(asked.isEmpty() || asked.containsAll(required), "write", proposal);
    }

    private static void require(boolean holds, String which, Proposal proposal) {
        if (!holds) {
            throw Refusal.invalidParameter("Invalid " + which + " attributes specified while "
                    + (proposal.creating() ? "creating" : "updating") + " a client");
        }
    }
}
