package dev.appclients.cognito.model;

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
 * Makes what a cache keeps of the custom resources small: equal strings, lists, maps, records and conditions become one instance,
 * and collections take no more room than their content. The results cannot be changed, except for conditions and owner
 * references, which nothing in this program changes.
 *
 * <p>A long string, and everything that holds one, is not shared, so that the table stays small.
 */
public final class LeanValues {

    /** Longer strings, in characters, and longer collections are rarely equal to another. */
    private static final int LONGEST_SHARED = 256;

    private static final int MOST_ITEMS_SHARED = 32;

    private final ClassValue<Shape> shapes;

    private final Interner interner;
    private final boolean learns;

    /** @param interner may be shared by all caches */
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

    /** Shares what is known already: for objects that the watch brings once more, so that their own values count once. */
    public LeanValues withoutLearning() {
        return new LeanValues(interner, false, shapes);
    }

    /**
     * A value equal to the given one.
     *
     * @param value a string, number, list, map, record, condition or owner reference, made of these; anything else stays as it
     *     is. It must belong to the caller alone: conditions and owner references are changed in place
     * @param former the same part of the object's former version, whose instances are preferred; null without one
     */
    public <T extends @Nullable Object> T lean(T value, @Nullable Object former) {
        return new Walk().lean(value, former);
    }

    /** As {@link #lean(Object, Object)} without a former version. */
    public <T extends @Nullable Object> T lean(T value) {
        return lean(value, null);
    }

    /** One pass over one value. */
    private final class Walk {

        /** How many parts were met that are too large to be shared. */
        private int large;

        @SuppressWarnings("unchecked") // each branch answers a value that is equal to the given one
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

    /** Whether the former may stand in the place of the value, should they be equal. */
    private static boolean isSameKind(Object value, Object former) {
        return former.getClass() == value.getClass()
                || (value instanceof List && former instanceof List)
                || (value instanceof Map && former instanceof Map);
    }

    /** A list in a manifest may hold null, which {@link List#of} refuses. */
    private static boolean withoutNull(Object[] items) {
        for (Object item : items) {
            if (item == null) {
                return false;
            }
        }
        return true;
    }

    /** How a record is taken apart and put together again. */
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
