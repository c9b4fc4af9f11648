package dev.appclients.cognito.controller;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Captures the log from {@link #begin} until it is closed. */
public final class CapturedLog extends Handler implements AutoCloseable {

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    private CapturedLog() {}

    public static CapturedLog begin() {
        CapturedLog log = new CapturedLog();
        Logger.getLogger("").addHandler(log);
        return log;
    }

    /** Warnings and errors of every logger, each as logger name and message. */
    public List<String> warnings() {
        return records.stream()
                .filter(each -> each.getLevel().intValue() >= Level.WARNING.intValue())
                .map(each -> each.getLoggerName() + ": " + each.getMessage())
                .toList();
    }

    public List<Throwable> stackTraces() {
        return records.stream()
                .map(LogRecord::getThrown)
                .filter(thrown -> thrown != null)
                .toList();
    }

    @Override
    public void publish(LogRecord each) {
        // The framework logs once per process that v1beta1 is not stable, in whichever test runs first.
        if (!String.valueOf(each.getMessage()).contains("unstable version")) {
            records.add(each);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
