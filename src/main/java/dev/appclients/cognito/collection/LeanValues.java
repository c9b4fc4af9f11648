package dev.appclients.cognito.collection;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reduces the memory of cached custom resources: equal strings, lists, maps, records and conditions become one instance, and collections
 * get their exact size. The results are immutable, except for conditions and owner references, which the operator never changes.
 *
 * <p>Long strings and the values that contain them are not shared, so that the table stays small.
 */
public final class LeanValues {

    /** Longer strings, in characters, and larger collections are rarely equal to others. */
    private static final int LONGEST_SHARED = 256;

    private static final int MOST_ITEMS_SHARED = 32;

    private final ClassValue<Shape> shapes;

    private final Interner interner;
    private final boolean learns;

    /** @param interner the table; several caches may share it */
    public LeanValues(Interner interner) {
        this(interner, true, new ClassValue<>() {
            @Override
            protected Shape computeValue(Class<?> type) {
                return Shape.of(type);
            }
        });
    }

    private LeanValues(Interner interner, boolean learns, ClassValue<Shape> shapes) {
        this.interner = interner;
        this.learns = learns;
        this.shapes = shapes;
    }

    /** Shares only known values. For objects that the watch repeats, whose own values must count once. */
    public LeanValues withoutLearning() {
        return new LeanValues(interner, false, shapes);
    }

    /**
     * Returns an equal, reduced value.
     *
     * @param value a string, number, list, map, record, condition or owner reference, nested in any way; other values are returned
     *     unchanged. The caller must own it: conditions and owner references are changed in place
     * @param former the same part of the previous version of the object, whose instances are preferred; null if there is none
     */
    public <T extends @Nullable Object> T lean(T value, @Nullable Object former) {
        return new Walk().lean(value, former);
    }

    /** As {@link #lean(Object, Object)}, without a previous version. */
    public <T extends @Nullable Object> T lean(T value) {
        return lean(value, null);
    }

    /** One traversal of a value. */
    private final class Walk {

        /** The number of parts that are too large to share. */
        private int large;

        @SuppressWarnings("unchecked") // each branch returns a value that is equal to the given one
        <T extends @Nullable Object> T lean(T value, @Nullable Object former) {
            if (value == null || value instanceof Enum<?> || value instanceof Boolean) {
                return value;
            }
            if (former != null && isSameKind(value, former) && value.equals(former)) {
                return (T) former;
            }
            int largeBefore = large;
            Object lean = copy(value, former);
            if (large != largeBefore) {
                return (T) lean;
            }
            return (T) (learns ? interner.one(lean) : interner.known(lean));
        }

        private Object copy(Object value, @Nullable Object former) {
            return switch (value) {
                case String text -> {
                    large += text.length() > LONGEST_SHARED ? 1 : 0;
                    yield text;
                }
                case List<?> list -> list(list, former instanceof List<?> items ? items : List.of());
                case Map<?, ?> map -> map(map, former instanceof Map<?, ?> items ? items : Map.of());
                case Record whole -> shapes.get(whole.getClass()).copy(whole, former, this);
                case Condition condition -> condition(condition, former instanceof Condition c ? c : null);
                case OwnerReference owner -> owner(owner, former instanceof OwnerReference o ? o : null);
                default -> value;
            };
        }

        private List<?> list(List<?> list, List<?> former) {
            large += list.size() > MOST_ITEMS_SHARED ? 1 : 0;
            Object[] items = new Object[list.size()];
            for (int i = 0; i < items.length; i++) {
                items[i] = lean(list.get(i), i < former.size() ? former.get(i) : null);
            }
            return withoutNull(items)
                    ? List.of(items)
                    : Collections.unmodifiableList(new ArrayList<>(Arrays.asList(items)));
        }

        private Map<?, ?> map(Map<?, ?> map, Map<?, ?> former) {
            large += map.size() > MOST_ITEMS_SHARED ? 1 : 0;
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put(lean(key, null), lean(value, key == null ? null : former.get(key))));
            return copy.containsKey(null) || copy.containsValue(null)
                    ? Collections.unmodifiableMap(copy)
                    : Map.copyOf(copy);
        }

        private Condition condition(Condition condition, @Nullable Condition former) {
            condition.setType(lean(condition.getType(), former == null ? null : former.getType()));
            condition.setStatus(lean(condition.getStatus(), null));
            condition.setReason(lean(condition.getReason(), null));
            condition.setMessage(lean(condition.getMessage(), former == null ? null : former.getMessage()));
            condition.setLastTransitionTime(
                    lean(condition.getLastTransitionTime(), former == null ? null : former.getLastTransitionTime()));
            condition.setObservedGeneration(lean(condition.getObservedGeneration(), null));
            condition.setAdditionalProperties(lean(condition.getAdditionalProperties(), null));
            return condition;
        }

        private OwnerReference owner(OwnerReference owner, @Nullable OwnerReference former) {
            owner.setApiVersion(lean(owner.getApiVersion(), null));
            owner.setKind(lean(owner.getKind(), null));
            owner.setName(lean(owner.getName(), former == null ? null : former.getName()));
            owner.setUid(lean(owner.getUid(), former == null ? null : former.getUid()));
            owner.setAdditionalProperties(lean(owner.getAdditionalProperties(), null));
            return owner;
        }
    }

    /** Whether the previous value may replace the new one if both are equal. */
    private static boolean isSameKind(Object value, Object former) {
        return former.getClass() == value.getClass()
                || (value instanceof List && former instanceof List)
                || (value instanceof Map && former instanceof Map);
    }

    /** A list in a manifest may contain null, which {@link List#of} does not accept. */
    private static boolean withoutNull(Object[] items) {
        for (Object item : items) {
            if (item == null) {
                return false;
            }
        }
        return true;
    }

    /** The accessors and the constructor of a record. */
    private static final class Shape {

        private final Method[] parts;
        private final Constructor<?> constructor;

        private Shape(Method[] parts, Constructor<?> constructor) {
            this.parts = parts;
            this.constructor = constructor;
        }

        static Shape of(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            try {
                return new Shape(
                        Arrays.stream(components)
                                .map(RecordComponent::getAccessor)
                                .toArray(Method[]::new),
                        type.getDeclaredConstructor(types));
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(type + " has no canonical constructor", e);
            }
        }

        Record copy(Record whole, @Nullable Object former, Walk walk) {
            try {
                Object[] values = new Object[parts.length];
                for (int i = 0; i < values.length; i++) {
                    Object value = parts[i].invoke(whole);
                    Object before =
                            former != null && former.getClass() == whole.getClass() ? parts[i].invoke(former) : null;
                    values[i] = walk.lean(value, before);
                }
                return (Record) constructor.newInstance(values);
            } catch (InvocationTargetException | IllegalAccessException | InstantiationException e) {
                throw new IllegalStateException(
                        "cannot copy a " + whole.getClass().getSimpleName(), e);
            }
        }
    }
}
