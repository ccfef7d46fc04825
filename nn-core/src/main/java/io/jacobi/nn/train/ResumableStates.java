package io.jacobi.nn.train;

import io.jacobi.nn.files.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All that callbacks and metrics of a run remember, each under a name that it has in every process. */
final class ResumableStates {

    private final Map<String, Resumable> owners = new LinkedHashMap<>();

    /** Those of callbacks of one class are told apart by their order. */
    void add(String name, Resumable owner) {
        String unique = name;
        for (int number = 2; owners.containsKey(unique); number++) {
            unique = name + " " + number;
        }
        owners.put(unique, owner);
    }

    /** Who remembers something, or did so in the run that left these values. */
    List<String> owners(List<RunRecord.Value> left) {
        return Stream.concat(values().stream(), left.stream())
                .map(RunRecord.Value::owner)
                .filter(owners::containsKey)
                .distinct()
                .sorted()
                .toList();
    }

    List<RunRecord.Value> values() {
        List<RunRecord.Value> values = new ArrayList<>();
        owners.forEach((owner, resumable) ->
                resumable.state().forEach((name, value) -> values.add(new RunRecord.Value(owner, name, value))));
        return values;
    }

    /** What nobody here owns is passed over. */
    void restore(List<RunRecord.Value> values) {
        Map<String, Map<String, Double>> byOwner = new LinkedHashMap<>();
        values.forEach(v -> byOwner.computeIfAbsent(v.owner(), owner -> new LinkedHashMap<>())
                .put(v.name(), v.value()));
        byOwner.forEach((name, memory) -> {
            Resumable owner = owners.get(name);
            if (owner != null) {
                owner.restore(memory);
            }
        });
    }
}
