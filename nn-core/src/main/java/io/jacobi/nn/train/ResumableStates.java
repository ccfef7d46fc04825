package io.jacobi.nn.train;

import io.jacobi.nn.files.RunState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The states of all callbacks and metrics of a run, under names that are the same in every process. */
final class ResumableStates {

    private final Map<String, Resumable> owners = new LinkedHashMap<>();

    /** Adds an owner of a state. Callbacks of the same class are numbered in their order. */
    void add(String name, Resumable owner) {
        String unique = name;
        for (int number = 2; owners.containsKey(unique); number++) {
            unique = name + " " + number;
        }
        owners.put(unique, owner);
    }

    /** The names of the owners that have a state now, or had one in the run that stored these values. */
    List<String> owners(List<RunState.Value> stored) {
        return Stream.concat(values().stream(), stored.stream())
                .map(RunState.Value::owner)
                .filter(owners::containsKey)
                .distinct()
                .sorted()
                .toList();
    }

    List<RunState.Value> values() {
        List<RunState.Value> values = new ArrayList<>();
        owners.forEach((owner, resumable) ->
                resumable.state().forEach((name, value) -> values.add(new RunState.Value(owner, name, value))));
        return values;
    }

    /** Gives each owner its stored values. Values without an owner are ignored. */
    void restore(List<RunState.Value> values) {
        Map<String, Map<String, Double>> byOwner = new LinkedHashMap<>();
        values.forEach(v -> byOwner.computeIfAbsent(v.owner(), owner -> new LinkedHashMap<>())
                .put(v.name(), v.value()));
        byOwner.forEach((name, state) -> {
            Resumable owner = owners.get(name);
            if (owner != null) {
                owner.restore(state);
            }
        });
    }
}
