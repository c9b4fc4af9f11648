package dev.appclients.cognito.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The commands of a page, as lines for a shell, with the names of existing objects in the place of the placeholders. */
final class PageCommands {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```sh\\n(.*?)^ *```");
    private static final Pattern INLINE = Pattern.compile("`((?:kubectl|aws) [^`]+)`");
    private static final Pattern ASSIGNMENT = Pattern.compile("\\w+=\\$\\(kubectl .*");

    private static final Map<String, String> NAMES = Map.of(
            "cup <name>", "cup customers",
            "<name>", "web",
            "<namespace>", "shop",
            "<reason>", "Synced",
            "<pod>", "replica",
            "<lost id>", "3abc0123456789abcdefghijkl",
            "<client id>", "3abc0123456789abcdefghijkl",
            "<secret id>", "an-id");

    private PageCommands() {}

    static List<String> of(String page) throws IOException {
        String text = Files.readString(Path.of("src/docs", page));
        List<String> commands = new ArrayList<>();
        BLOCK.matcher(text).results().forEach(block -> {
            StringBuilder assignments = new StringBuilder();
            for (String line : lines(block.group(1))) {
                if (ASSIGNMENT.matcher(line).matches()) {
                    assignments.append(line).append("; ");
                } else {
                    commands.add(line.contains("$") ? assignments + line : line);
                }
            }
        });
        INLINE.matcher(BLOCK.matcher(text).replaceAll(""))
                .results()
                .forEach(code -> commands.add(code.group(1).replaceAll("\\s+", " ")));
        return commands.stream().map(PageCommands::named).distinct().toList();
    }

    /** Joins the lines of one command, and omits comments. */
    private static List<String> lines(String block) {
        return block.replaceAll("\\\\\\n *", "")
                .replaceAll("\\|\\n *", "| ")
                .replaceAll("(\\{\\{|,)\\n *", "$1 ")
                .lines()
                .map(line -> line.replaceFirst(" {2,}# .*", "").strip())
                .toList();
    }

    private static String named(String command) {
        String named = command.replace("cup <name>", NAMES.get("cup <name>"));
        for (Map.Entry<String, String> name : NAMES.entrySet()) {
            named = named.replace(name.getKey(), name.getValue());
        }
        return named;
    }
}
