package dev.appclients.cognito.simulator;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The current values of the disputed facts. They can be changed while the simulator runs. */
public final class Switches {

    private final Set<Switch> on = ConcurrentHashMap.newKeySet();
    private volatile Duration lag = Duration.ofSeconds(5);

    Switches() {
        reset();
    }

    public boolean isOn(Switch which) {
        return on.contains(which);
    }

    public void set(Switch which, boolean value) {
        if (value) {
            on.add(which);
        } else {
            on.remove(which);
        }
    }

    /** The lag of lagging reads. The default is 5 s. */
    public Duration lag() {
        return lag;
    }

    public void lag(Duration behind) {
        lag = behind;
    }

    public void reset() {
        for (var each : Switch.values()) {
            set(each, each.initially());
        }
        lag = Duration.ofSeconds(5);
    }

    public Map<Switch, Boolean> all() {
        var all = new EnumMap<Switch, Boolean>(Switch.class);
        for (var each : Switch.values()) {
            all.put(each, isOn(each));
        }
        return all;
    }
}
