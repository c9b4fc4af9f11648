package dev.appclients.cognito.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Runs the simulator as a process: {@code --port <n|0> --seed demo|none --port-file <file>}, all optional. */
public final class SimulatorMain {

    private static final Set<String> OPTIONS = Set.of("--port", "--seed", "--port-file");

    private SimulatorMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var options = options(args);
        var simulator = Simulator.start(Integer.parseInt(options.getOrDefault("--port", "0")));
        switch (options.getOrDefault("--seed", "none")) {
            case "demo" -> DemoSeed.load(simulator);
            case "none" -> {}
            default -> throw usage("--seed is demo or none");
        }
        var portFile = Optional.ofNullable(options.get("--port-file")).map(Path::of);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            portFile.ifPresent(file -> deletePortFile(file, simulator));
            simulator.close();
            stopped.countDown();
        }));
        System.out.println("Cognito simulator listens on " + simulator.endpoint());
        if (portFile.isPresent()) {
            writePortFile(portFile.get(), simulator);
        }
        stopped.await();
    }

    /** Writes the file atomically, so that no reader sees a part of it. */
    private static void writePortFile(Path file, Simulator simulator) throws IOException {
        var absolute = file.toAbsolutePath();
        var directory = absolute.getParent();
        Files.createDirectories(directory);
        var complete = Files.createTempFile(directory, "port", ".tmp");
        Files.writeString(complete, simulator.endpoint().toString());
        Files.move(complete, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Deletes the file unless another simulator has overwritten it. */
    private static void deletePortFile(Path file, Simulator simulator) {
        try {
            if (Files.exists(file)
                    && Files.readString(file).equals(simulator.endpoint().toString())) {
                Files.delete(file);
            }
        } catch (IOException e) {
            System.err.println("Could not remove " + file + ": " + e);
        }
    }

    private static Map<String, String> options(String[] args) {
        var options = new HashMap<String, String>();
        for (int i = 0; i < args.length; i += 2) {
            if (!OPTIONS.contains(args[i]) || i + 1 == args.length) {
                throw usage("unexpected " + args[i]);
            }
            options.put(args[i], args[i + 1]);
        }
        return options;
    }

    private static IllegalArgumentException usage(String problem) {
        return new IllegalArgumentException(
                problem + "; usage: SimulatorMain [--port <n|0>] [--seed demo|none] [--port-file <file>]");
    }
}
