package dev.appclients.cognito.crash;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Delivers the events of a watch to the operator, late or twice, and always in their order. Each event is one WebSocket frame
 * (RFC 6455). The API server does not mask its frames.
 */
final class WatchFeed {

    private static final int CONTROL = 0x8;
    private static final int LENGTH_IN_TWO_BYTES = 126;
    private static final int LENGTH_IN_EIGHT_BYTES = 127;

    private final WatchBehavior watches;
    private final BooleanSupplier isOpen;
    private final DelayQueue<Frame> inFlight = new DelayQueue<>();

    WatchFeed(WatchBehavior watches, BooleanSupplier isOpen) {
        this.watches = watches;
        this.isOpen = isOpen;
    }

    /** Returns when the API server has ended the watch and every event was delivered. */
    void pass(InputStream fromApi, OutputStream toOperator) throws IOException {
        Thread delivery = Thread.ofVirtual().name("watch-feed").start(() -> deliver(toOperator));
        try {
            for (long number = 0; isOpen.getAsBoolean(); number++) {
                byte[] bytes = frame(fromApi);
                boolean event = (bytes[0] & CONTROL) == 0;
                inFlight.add(new Frame(
                        bytes,
                        event && watches.duplicate(),
                        number,
                        System.nanoTime() + watches.delay().toNanos()));
            }
        } catch (EOFException ended) {
            // The API server ended the watch.
        } finally {
            inFlight.add(new Frame(
                    new byte[0],
                    false,
                    Long.MAX_VALUE,
                    System.nanoTime() + watches.delay().toNanos()));
        }
        try {
            delivery.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(OutputStream toOperator) {
        try {
            for (Frame frame = inFlight.take(); frame.bytes.length > 0 && isOpen.getAsBoolean(); ) {
                toOperator.write(frame.bytes);
                if (frame.twice) {
                    toOperator.write(frame.bytes);
                }
                toOperator.flush();
                frame = inFlight.take();
            }
        } catch (IOException gone) {
            // The operator ended the watch.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] frame(InputStream in) throws IOException {
        byte[] head = exactly(in, 2);
        int length = head[1] & 0x7f;
        byte[] extended = exactly(in, length == LENGTH_IN_TWO_BYTES ? 2 : length == LENGTH_IN_EIGHT_BYTES ? 8 : 0);
        long size = extended.length == 0 ? length : 0;
        for (byte part : extended) {
            size = size << 8 | part & 0xff;
        }
        byte[] payload = exactly(in, Math.toIntExact(size));
        byte[] frame = new byte[head.length + extended.length + payload.length];
        System.arraycopy(head, 0, frame, 0, head.length);
        System.arraycopy(extended, 0, frame, head.length, extended.length);
        System.arraycopy(payload, 0, frame, head.length + extended.length, payload.length);
        return frame;
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    /** Ordered by number. */
    private static final class Frame implements Delayed {

        private final byte[] bytes;
        private final boolean twice;
        private final long number;
        private final long dueNanos;

        Frame(byte[] bytes, boolean twice, long number, long dueNanos) {
            this.bytes = bytes;
            this.twice = twice;
            this.number = number;
            this.dueNanos = dueNanos;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(number, ((Frame) other).number);
        }
    }
}
